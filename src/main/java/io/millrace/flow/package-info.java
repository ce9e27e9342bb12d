/**
 * The flow, from a delivery on a topic to events, rows, batches, signals and scores. {@link
 * io.millrace.flow.MillraceTopology} shows all of it in one file: every step once, with what it
 * reads and where its results go. A step is thin: it reads its stores, asks a rule, then writes its
 * stores and forwards, in that order. The rules are functions of plain values; they read no clock,
 * no topic and no store. Each room below this one holds a step or two with their rules and their
 * stores: {@code order}, {@code record}, {@code stage}, {@code engagement}, {@code signal}, {@code
 * usage} and {@code score}.
 *
 * <h2>Convergence</h2>
 *
 * <p>Let E be a set of events, each with a {@link io.millrace.model.EventKeys#identity}, and A any
 * sequence in which every event of E comes at least once: any order, any repetition, any pauses.
 * Then what stands in the end depends on E alone, byte for byte:
 *
 * <ul>
 *   <li>every event of E is admitted exactly once ({@link io.millrace.flow.order.Deduplication});
 *   <li>the rows of records: {@link io.millrace.flow.record.StateJoin} is a join (each part a
 *       maximum or a union), an event is a small state, and {@link
 *       io.millrace.flow.record.RecordView} is a function of the state;
 *   <li>what stands of the stages of records ({@link io.millrace.flow.stage.StageTracker}): a scan
 *       of the sorted events;
 *   <li>the batches of a person's minute, added up ({@link
 *       io.millrace.flow.engagement.EngagementPanes}): every event is in exactly one of them;
 *   <li>what stands of signals and usage ({@link io.millrace.flow.signal.SignalDetector}, {@link
 *       io.millrace.flow.usage.UsageCounter}): scans of the sorted events, with corrections for
 *       what was said before a late event came;
 *   <li>scores, and how two models differ ({@link io.millrace.flow.score.Scoring}): sums over days
 *       of what was counted, decayed up to the latest moment of behaviour and not up to now.
 * </ul>
 *
 * <p>It holds within these limits, each stated where it is made:
 *
 * <ul>
 *   <li>all repetitions of an event arrive within its source's dedupe window, and the clocks of the
 *       edges are no further apart than {@link io.millrace.flow.order.Deduplication#LARGEST_SKEW};
 *   <li>signals, usage and stages take in what comes no later than their rule remembers, and no
 *       more than so many events of a person or record (the tables in docs/engagement.md and
 *       docs/lifecycles.md say how many); what is older stands as it was found. After a silence of
 *       {@link io.millrace.flow.signal.SignalRule#forgottenAfter} that is measured from an event's
 *       own time;
 *   <li>a merge is heard of within {@link io.millrace.flow.record.Forgetting#KEPT} of what it is to
 *       bring along;
 *   <li>nothing is larger than {@link io.millrace.model.EventSize#MAX_CHARACTERS}; that becomes a
 *       dead letter;
 *   <li>E has no deliberate replay that says something else than what it repeats.
 * </ul>
 *
 * <p>Not a function of E, on purpose: which of two copies is the duplicate, whether an event is
 * late or was an orphan ({@link io.millrace.flow.order.Sequencing} decides that once, by what it
 * knew then), how a minute is cut into batches, the corrections on the way, and how often a
 * threshold of a score was crossed ({@link io.millrace.flow.score.ThresholdWatch} speaks when the
 * score as known crosses it, and does not take it back).
 *
 * <p>The tests hold the whole flow against models that know one sorted list and nothing else, on
 * random streams of any length; docs/testing.md says how to send a million events.
 */
@NullMarked
package io.millrace.flow;

import org.jspecify.annotations.NullMarked;
