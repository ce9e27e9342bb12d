/**
 * The program: {@link io.millrace.Main} reads the command line and runs one command. It depends on
 * everything; nothing depends on it.
 */
@NullMarked
package io.millrace;

import org.jspecify.annotations.NullMarked;
