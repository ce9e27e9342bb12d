/**
 * Whether one value is what its field is meant to hold, and how it is written canonically. Text in,
 * text or an explanation out.
 */
@NullMarked
package io.millrace.normalize.field;

import org.jspecify.annotations.NullMarked;
