/** {@code bench hostile}: the edge while strangers attack it, and what genuine senders notice. */
@NullMarked
package io.millrace.bench.hostile;

import org.jspecify.annotations.NullMarked;
