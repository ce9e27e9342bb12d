/**
 * The rules in a provider's file and a source's file about events: where the type, the id, the
 * time, the record and the fields are, in a small path language.
 */
@NullMarked
package io.millrace.normalize.mapping;

import org.jspecify.annotations.NullMarked;
