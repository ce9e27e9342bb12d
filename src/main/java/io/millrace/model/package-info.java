/**
 * Pure: the vocabulary that the edge, the flow and the tools share. What makes an event the same
 * event, where it belongs in time, why something is refused, and how sure we are of its origin.
 */
@NullMarked
package io.millrace.model;

import org.jspecify.annotations.NullMarked;
