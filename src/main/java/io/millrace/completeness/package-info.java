/**
 * Completeness marks: up to which moment of arrival everything is on a topic.
 *
 * <p>Each edge repeatedly states the time before which it has forwarded everything. From there a
 * mark follows the flow, without interfering with it: when a role has read everything that was on
 * its input at the time the input's own mark was known, and the results are committed, its outputs
 * have that mark too, minus what the role holds (waiting events, minutes that are still open).
 * Nothing is estimated; if something is stuck, the mark stops and reports the reason.
 *
 * <p>The meaning of a mark: every event that an edge received before it is on the topic, for
 * readers of committed records, unless it went to another topic (a duplicate, a dead letter, a late
 * event). A dead letter that is replayed keeps its arrival, so its event appears on topics that
 * were complete for that time: it went elsewhere before. A mark never moves backwards. This
 * requires that the clocks of the edges are not set back while they run.
 */
@NullMarked
package io.millrace.completeness;

import org.jspecify.annotations.NullMarked;
