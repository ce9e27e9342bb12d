/**
 * What every benchmark needs before it can start: a directory, a broker, and a way to fail clearly.
 */
@NullMarked
package io.millrace.bench.setup;

import org.jspecify.annotations.NullMarked;
