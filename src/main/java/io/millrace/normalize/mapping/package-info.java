/**
 * What a provider's file and a source's file say about events: where the type, the id, the time,
 * the record and the fields are, in a small language of paths.
 */
@NullMarked
package io.millrace.normalize.mapping;

import org.jspecify.annotations.NullMarked;
