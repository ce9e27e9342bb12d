/**
 * Checks a single value against the format of its field and converts it to canonical form. Text in,
 * text or an explanation out.
 */
@NullMarked
package io.millrace.normalize.field;

import org.jspecify.annotations.NullMarked;
