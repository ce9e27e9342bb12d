/**
 * Wiring: {@link io.millrace.Main} introduces the parts to each other; nothing else knows them all.
 */
@NullMarked
package io.millrace;

import org.jspecify.annotations.NullMarked;
