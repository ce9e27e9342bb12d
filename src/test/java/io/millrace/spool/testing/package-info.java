/** What the spool's tests share. */
@NullMarked
package io.millrace.spool.testing;

import org.jspecify.annotations.NullMarked;
