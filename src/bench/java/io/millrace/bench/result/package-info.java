/** A figure, its limit, their ratio, and the table, JSON line and chart they are shown in. */
@NullMarked
package io.millrace.bench.result;

import org.jspecify.annotations.NullMarked;
