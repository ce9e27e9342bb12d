/**
 * The command line: one class per command, each with its own {@code --help}. Commands print what
 * they did to standard output and what went wrong to standard error, and end with the exit codes of
 * {@link io.millrace.app.Exit}. This package holds the long-running commands and what all commands
 * share.
 */
@NullMarked
package io.millrace.cli;

import org.jspecify.annotations.NullMarked;
