/**
 * Erased people: their events are suppressed, and what the state of the flow holds about them is
 * removed. See docs/personal-data.md.
 */
package io.millrace.flow.erase;
