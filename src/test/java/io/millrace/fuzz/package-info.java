/**
 * Hostile input: what must hold for whatever bytes come in. The properties are plain methods of
 * bytes; Jazzer looks for bytes that break them, and the ordinary tests replay what it found.
 */
@NullMarked
package io.millrace.fuzz;

import org.jspecify.annotations.NullMarked;
