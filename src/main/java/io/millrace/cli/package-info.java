/**
 * The command line: one class per command, each with its own {@code --help}. Commands say what they
 * did on standard output, what went wrong on standard error, and end with the exit codes of {@link
 * io.millrace.cli.Exit}.
 */
@NullMarked
package io.millrace.cli;

import org.jspecify.annotations.NullMarked;
