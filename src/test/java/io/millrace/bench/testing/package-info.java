/** Stand-ins that other tests use: a broker, an edge that only counts. */
@NullMarked
package io.millrace.bench.testing;

import org.jspecify.annotations.NullMarked;
