/**
 * {@code identity show}, {@code join}, {@code split}, {@code block} and {@code withdraw}: who is
 * who and why, and what operators decide about it.
 */
@NullMarked
package io.millrace.cli.identity;

import org.jspecify.annotations.NullMarked;
