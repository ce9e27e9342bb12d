/**
 * The formats of the providers' requests: a template for every event of a provider, and the values
 * of its placeholders. Independent of signatures and of sending.
 */
@NullMarked
package io.millrace.bench.sample;

import org.jspecify.annotations.NullMarked;
