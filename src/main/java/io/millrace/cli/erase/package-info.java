/** The command {@code erase}. */
@NullMarked
package io.millrace.cli.erase;

import org.jspecify.annotations.NullMarked;
