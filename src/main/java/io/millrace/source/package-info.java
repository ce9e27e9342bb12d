/**
 * Pure: the provider catalogue, the connected sources, and the way from the bytes of a delivery to
 * canonical events.
 */
@NullMarked
package io.millrace.source;

import org.jspecify.annotations.NullMarked;
