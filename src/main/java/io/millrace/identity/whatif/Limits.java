package io.millrace.identity.whatif;

import io.millrace.event.LinkedIdentifier;
import io.millrace.identity.IdentityRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The limits of identity.yaml that keep people apart. */
public final class Limits {
  private Limits() {}

  /**
   * What a union would exceed.
   *
   * @param kind the kind of which it would have too many; empty if it would be too large as a whole
   * @param system the system that gave them
   * @param count how many it would have
   * @param most how many it may have
   */
  public record Exceeded(Optional<String> kind, String system, int count, int most) {}

  /**
   * The limit that two people, or accounts, would exceed if they were one. What one of them exceeds
   * already, by a decision, keeps nothing apart from it that makes it no worse.
   */
  public static Optional<Exceeded> exceeded(
      List<LinkedIdentifier> first, List<LinkedIdentifier> second, IdentityRules rules) {
    List<LinkedIdentifier> union = new ArrayList<>(first);
    union.addAll(second);
    return exceeded(first, second, new UnitedSets(union), rules);
  }

  /**
   * The same.
   *
   * @param countedOnce identifiers that are one in these sets count once
   */
  static Optional<Exceeded> exceeded(
      List<LinkedIdentifier> first,
      List<LinkedIdentifier> second,
      UnitedSets countedOnce,
      IdentityRules rules) {
    List<LinkedIdentifier> union = new ArrayList<>(first);
    union.addAll(second);
    if (union.size() > rules.largest()) {
      return Optional.of(new Exceeded(Optional.empty(), "", union.size(), rules.largest()));
    }
    Map<UnitedSets.Sort, Integer> ofFirst = UnitedSets.counts(first, countedOnce);
    Map<UnitedSets.Sort, Integer> ofSecond = UnitedSets.counts(second, countedOnce);
    return UnitedSets.counts(union, countedOnce).entrySet().stream()
        .filter(count -> count.getValue() > ofFirst.getOrDefault(count.getKey(), 0))
        .filter(count -> count.getValue() > ofSecond.getOrDefault(count.getKey(), 0))
        .flatMap(count -> exceeded(count.getKey(), count.getValue(), rules).stream())
        .min(Comparator.comparing(Exceeded::toString));
  }

  private static Optional<Exceeded> exceeded(UnitedSets.Sort sort, int count, IdentityRules rules) {
    return rules
        .rule(sort.kind())
        .filter(rule -> count > rule.most())
        .map(rule -> new Exceeded(Optional.of(sort.kind()), sort.system(), count, rule.most()));
  }
}
