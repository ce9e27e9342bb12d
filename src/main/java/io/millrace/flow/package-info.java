/**
 * The flow, from a delivery on a topic to events, rows, batches, signals and scores. {@link
 * io.millrace.flow.MillraceTopology} shows all of it in one file: every step once, with its inputs
 * and outputs. A step is thin: it reads its stores, applies a rule, then writes its stores and
 * forwards, in that order. The rules are functions of plain values; they read no clock, no topic
 * and no store. Each subpackage contains one or two steps with their rules and stores: {@code
 * order}, {@code record}, {@code stage}, {@code engagement}, {@code signal}, {@code usage} and
 * {@code score}.
 *
 * <h2>Convergence</h2>
 *
 * <p>Let E be a set of events, each with a {@link io.millrace.model.EventKeys#admission}, and A any
 * sequence in which every event of E occurs at least once: in any order, with any repetitions and
 * pauses. Then the final result depends on E alone, byte for byte:
 *
 * <ul>
 *   <li>every event of E is admitted exactly once ({@link io.millrace.flow.order.Deduplication});
 *   <li>the rows of records: {@link io.millrace.flow.record.StateJoin} is a join (each part a
 *       maximum or a union), an event is a small state, and {@link
 *       io.millrace.flow.record.RecordView} is a function of the state;
 *   <li>the final stage changes of records ({@link io.millrace.flow.stage.StageTracker}): a scan of
 *       the sorted events;
 *   <li>the sum of the batches of a person's minute ({@link
 *       io.millrace.flow.engagement.EngagementPanes}): every event is in exactly one batch;
 *   <li>the final signals and usage counts ({@link io.millrace.flow.signal.SignalDetector}, {@link
 *       io.millrace.flow.usage.UsageCounter}): scans of the sorted events, with corrections of what
 *       was announced before a late event arrived;
 *   <li>scores, and the differences between two models ({@link io.millrace.flow.score.Scoring}):
 *       sums over days of counts, decayed to the time of the latest behaviour and not to the
 *       present.
 * </ul>
 *
 * <p>This holds within the following limits, each documented where it is defined:
 *
 * <ul>
 *   <li>all repetitions of an event arrive within its source's dedupe window, and the clocks of the
 *       edges are no further apart than {@link io.millrace.flow.order.Deduplication#LARGEST_SKEW};
 *   <li>signals, usage and stages include events that arrive within the time their rule remembers,
 *       up to a maximum number of events per person or record (see the tables in docs/engagement.md
 *       and docs/lifecycles.md); older results are final. After a person has been silent for {@link
 *       io.millrace.flow.signal.SignalRule#forgottenAfter}, everything is final;
 *   <li>a merge arrives within {@link io.millrace.flow.record.Forgetting#KEPT} of the history it
 *       transfers;
 *   <li>no event is larger than {@link io.millrace.model.EventSize#MAX_BYTES} and no record than
 *       {@link io.millrace.model.EventSize#MAX_STATE_BYTES}; larger ones become dead letters;
 *   <li>E contains no deliberate replay with a content different from the original.
 * </ul>
 *
 * <p>Deliberately not a function of E: which of two copies is the duplicate, whether an event is
 * late or an orphan ({@link io.millrace.flow.order.Sequencing} decides that once, from what it
 * knows at the time), how a minute is divided into batches, the intermediate corrections, and how
 * often a score crossed a threshold ({@link io.millrace.flow.score.ThresholdWatch} announces a
 * crossing when the known score crosses it, and never withdraws it).
 *
 * <p>The tests compare the whole flow with models that use only one sorted list, on random streams
 * of any length; docs/testing.md describes how to send a million events.
 */
@NullMarked
package io.millrace.flow;

import org.jspecify.annotations.NullMarked;
