/**
 * {@code deliveries list}, {@code show} and {@code capture}: what the edge received last, as the
 * console of a running edge reports it.
 */
@NullMarked
package io.millrace.cli.traffic;

import org.jspecify.annotations.NullMarked;
