/** The benchmarks themselves: {@code bench edge}, {@code bench stream} and {@code bench store}. */
@NullMarked
package io.millrace.bench.measure;

import org.jspecify.annotations.NullMarked;
