/**
 * Pure: duplicates, order, record state, windows, signals and scores as functions of plain values.
 * Nothing here reads a clock, a topic or a store.
 */
@NullMarked
package io.millrace.rule;

import org.jspecify.annotations.NullMarked;
