/**
 * {@code sources list}, {@code sources test} and {@code sources twin}: look at connected sources
 * and the catalogue, and explain why a request is or is not genuine and which events it would
 * become.
 */
@NullMarked
package io.millrace.cli.sources;

import org.jspecify.annotations.NullMarked;
