/**
 * Pure: the vocabulary that the edge, the flow and the tools share. The identity and order of
 * events, why something is refused, and how certain its origin is.
 */
@NullMarked
package io.millrace.model;

import org.jspecify.annotations.NullMarked;
