/**
 * Pure: whether one value is what its field is meant to hold, and how it is written canonically.
 * Text in, text or an explanation out; nothing here knows events, sources or tables.
 */
@NullMarked
package io.millrace.field;

import org.jspecify.annotations.NullMarked;
