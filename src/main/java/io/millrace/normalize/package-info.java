/**
 * Pure: from the bytes of a delivery to canonical events. A delivery is decoded, split into
 * elements, and every element becomes an event or a dead letter with its original bytes. The same
 * delivery always gives the same events.
 */
@NullMarked
package io.millrace.normalize;

import org.jspecify.annotations.NullMarked;
