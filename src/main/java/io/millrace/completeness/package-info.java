/**
 * Completeness marks: up to which moment of arrival everything is on a topic.
 *
 * <p>Each edge says again and again before which moment it has nothing left to hand over. From
 * there a mark travels with the flow, without touching it: when a role has read all that was on its
 * input at the time the input's own mark was known, and that is committed, then its outputs have
 * that mark too, less what the role holds back (events that wait for others, minutes that are still
 * open). Nothing of it is estimated; where something is stuck the mark stands still and says why.
 *
 * <p>What a mark says: every event that an edge received before it is on the topic, for readers of
 * committed records, unless it went to another one (a duplicate, a dead letter, a late event). What
 * is replayed later arrives later. A mark never goes back. It trusts the clocks of the edges not to
 * be set back while they run.
 */
@NullMarked
package io.millrace.completeness;

import org.jspecify.annotations.NullMarked;
