/** The command {@code erase}. */
package io.millrace.cli.erase;
