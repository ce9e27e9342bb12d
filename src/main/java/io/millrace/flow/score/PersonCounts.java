package io.millrace.flow.score;

import io.millrace.event.DayCount;
import io.millrace.event.ScoreMemory;
import io.millrace.event.ScorePart;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What counts for a person's score: all of it together, and the parts of its identifiers, each
 * relative to its own latest behaviour. All is always the sum of the parts, so that after an
 * identifier has left it is what it would be without it.
 *
 * <p>Most people have one identifier, whose part is everything, and it is kept once. With others,
 * an event changes all and one part, however many there are.
 *
 * @param asOf the time of the latest behaviour; empty if nothing is left
 * @param others how many identifiers other than the person's own have a part
 * @param own the part of the person's own identifier, if there are others
 * @param part the part of the other identifier that has changed; empty after it has left
 */
record PersonCounts(
    ActivityCounts all,
    Optional<Instant> asOf,
    int others,
    Optional<ScorePart> own,
    Optional<ScorePart> part) {

  /** How a part grows. */
  interface Growth {
    Part of(Map<String, List<DayCount>> counts, Optional<Instant> asOf);
  }

  /** A part that has grown. */
  record Part(ActivityCounts counts, Instant asOf) {
    private ScorePart toScorePart() {
      return new ScorePart(counts.toMap(), asOf, Map.of());
    }
  }

  /** Grows by an input. */
  static Growth growth(ScoreInput input) {
    return (before, beforeAsOf) -> {
      Instant asOf = latest(beforeAsOf, input.moment());
      ActivityCounts counts = ActivityCounts.of(before, ScoreInput.day(asOf));
      input.counts().forEach((activity, times) -> counts.add(activity, input.day(), times));
      return new Part(counts, asOf);
    };
  }

  /**
   * Grows by what was counted at another person.
   *
   * @param asOf its latest behaviour
   */
  static Growth growth(ScorePart joining, Instant asOf) {
    return (before, beforeAsOf) -> {
      Instant latest = latest(beforeAsOf, asOf);
      ActivityCounts counts = ActivityCounts.of(before, ScoreInput.day(latest));
      counts.addAll(joining.getCounts());
      return new Part(counts, latest);
    };
  }

  /**
   * The counts after a part has grown.
   *
   * @param part the identifier's part until now, if it is not the person's own
   */
  static PersonCounts grown(
      ScoreMemory before, boolean isOwn, Optional<ScorePart> part, Growth growth) {
    if (isOwn && before.getOthers() == 0) {
      Part all = growth.of(before.getCounts(), before.getAsOf());
      return new PersonCounts(
          all.counts(), Optional.of(all.asOf()), 0, Optional.empty(), Optional.empty());
    }
    Optional<ScorePart> until = isOwn ? before.getOwn() : part;
    Part grown =
        growth.of(
            until.map(ScorePart::getCounts).orElse(Map.of()), until.flatMap(ScorePart::getAsOf));
    ScorePart after = grown.toScorePart();
    Instant asOf = latest(before.getAsOf(), grown.asOf());
    ActivityCounts all = ActivityCounts.of(before.getCounts(), ScoreInput.day(asOf));
    until.ifPresent(counted -> all.subtractAll(counted.getCounts()));
    all.addAll(after.getCounts());
    return isOwn
        ? new PersonCounts(
            all, Optional.of(asOf), before.getOthers(), Optional.of(after), Optional.empty())
        : new PersonCounts(
            all,
            Optional.of(asOf),
            before.getOthers() + (part.isEmpty() ? 1 : 0),
            own(before),
            Optional.of(after));
  }

  /** The part of the person's own identifier; empty if it has none. */
  static Optional<ScorePart> own(ScoreMemory memory) {
    return memory.getOthers() > 0
        ? memory.getOwn()
        : memory.getAsOf().map(asOf -> new ScorePart(memory.getCounts(), asOf, Map.of()));
  }

  /**
   * The counts without a part. Parts are read again only if it contained the latest behaviour.
   *
   * @param leaving the part, which is counted
   * @param rest the parts of the other identifiers that stay
   */
  static PersonCounts without(
      ScoreMemory before, boolean isOwn, ScorePart leaving, Supplier<List<ScorePart>> rest) {
    int others = before.getOthers() - (isOwn ? 0 : 1);
    Optional<ScorePart> own = isOwn ? Optional.empty() : before.getOwn();
    if (others <= 0) {
      return sum(own.stream().toList(), 0, Optional.empty());
    }
    if (before.getAsOf().equals(leaving.getAsOf())) {
      return sum(Stream.concat(own.stream(), rest.get().stream()).toList(), others, own);
    }
    Instant asOf = before.getAsOf().orElseThrow();
    ActivityCounts all = ActivityCounts.of(before.getCounts(), ScoreInput.day(asOf));
    all.subtractAll(leaving.getCounts());
    return new PersonCounts(all, Optional.of(asOf), others, own, Optional.empty());
  }

  private static PersonCounts sum(List<ScorePart> parts, int others, Optional<ScorePart> own) {
    Optional<Instant> asOf =
        parts.stream().flatMap(part -> part.getAsOf().stream()).max(Instant::compareTo);
    ActivityCounts all = new ActivityCounts(ScoreInput.day(asOf.orElse(Instant.EPOCH)));
    parts.forEach(part -> all.addAll(part.getCounts()));
    return new PersonCounts(all, asOf, others, own, Optional.empty());
  }

  private static Instant latest(Optional<Instant> one, Instant other) {
    return one.filter(other::isBefore).orElse(other);
  }
}
