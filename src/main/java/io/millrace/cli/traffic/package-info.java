/**
 * {@code deliveries list}, {@code show} and {@code capture}: the latest deliveries, as the console
 * of a running edge reports them.
 */
@NullMarked
package io.millrace.cli.traffic;

import org.jspecify.annotations.NullMarked;
