/** What tests of every room use. */
@NullMarked
package io.millrace.testing;

import org.jspecify.annotations.NullMarked;
