/**
 * The latest events of a person for one rule, ordered by time, in a store or in memory. Signals and
 * usage scan them.
 */
@NullMarked
package io.millrace.flow.timeline;

import org.jspecify.annotations.NullMarked;
