/**
 * Pure: duplicates, order, record state, windows, signals and scores as functions of plain values.
 * Nothing here reads a clock, a topic or a store.
 *
 * <h2>Convergence</h2>
 *
 * <p>Let E be a set of events, each with a {@link EventKeys#identity}, and A any sequence in which
 * every event of E comes at least once: any order, any repetition, any pauses. Then what stands in
 * the end depends on E alone, byte for byte:
 *
 * <ul>
 *   <li>every event of E is admitted exactly once ({@link Deduplication});
 *   <li>the rows of records: {@link StateJoin} is a join (each part a maximum or a union), an event
 *       is a small state, and {@link RecordView} is a function of the state;
 *   <li>what stands of the stages of records ({@link StageTracker}): a scan of the sorted events;
 *   <li>the batches of a person's minute, added up ({@link EngagementPanes}): every event is in
 *       exactly one of them;
 *   <li>what stands of signals and usage ({@link SignalDetector}, {@link UsageCounter}): scans of
 *       the sorted events, with corrections for what was said before a late event came;
 *   <li>scores, and how two models differ ({@link Scoring}): sums over days of what was counted,
 *       decayed up to the latest moment of behaviour and not up to now.
 * </ul>
 *
 * <p>It holds within these limits, each stated where it is made:
 *
 * <ul>
 *   <li>all repetitions of an event arrive within its source's dedupe window, and the clocks of the
 *       edges are no further apart than {@link Deduplication#LARGEST_SKEW};
 *   <li>signals, usage and stages take in what comes no later than their rule remembers, and no
 *       more than so many events of a person or record (the tables in docs/engagement.md and
 *       docs/lifecycles.md say how many); what is older stands as it was found. After a silence of
 *       {@link SignalRule#forgottenAfter} that is measured from an event's own time;
 *   <li>a merge is heard of within {@link Forgetting#KEPT} of what it is to bring along;
 *   <li>nothing is larger than {@link EventSize#MAX_CHARACTERS}; that becomes a dead letter;
 *   <li>E has no deliberate replay that says something else than what it repeats.
 * </ul>
 *
 * <p>Not a function of E, on purpose: which of two copies is the duplicate, whether an event is
 * late or was an orphan ({@link Sequencing} decides that once, by what it knew then), how a minute
 * is cut into batches, the corrections on the way, and how often a threshold of a score was crossed
 * ({@link ThresholdWatch} speaks when the score as known crosses it, and does not take it back).
 *
 * <p>The tests hold the whole flow against models that know one sorted list and nothing else, on
 * random streams of any length; docs/testing.md says how to send a million events.
 */
@NullMarked
package io.millrace.rule;

import org.jspecify.annotations.NullMarked;
