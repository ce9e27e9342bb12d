/** The right answers for a load, and how many a system under test got wrong. */
@NullMarked
package io.millrace.bench.answers;

import org.jspecify.annotations.NullMarked;
