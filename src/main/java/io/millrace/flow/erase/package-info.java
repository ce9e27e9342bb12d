/**
 * Erased people: their events are suppressed, and what the state of the flow holds about them is
 * removed. See docs/personal-data.md.
 */
@NullMarked
package io.millrace.flow.erase;

import org.jspecify.annotations.NullMarked;
