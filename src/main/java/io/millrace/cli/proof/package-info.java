/**
 * {@code audit}, {@code dead-letters}, {@code schemas} and {@code topology}: check the topics, and
 * handle dead letters.
 */
@NullMarked
package io.millrace.cli.proof;

import org.jspecify.annotations.NullMarked;
