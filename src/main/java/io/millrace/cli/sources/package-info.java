/**
 * {@code sources list}, {@code sources test} and {@code sources twin}: show connected sources and
 * the catalogue, and explain whether a request is genuine and which events it would become.
 */
@NullMarked
package io.millrace.cli.sources;

import org.jspecify.annotations.NullMarked;
