package io.millrace.identity.whatif;

import io.millrace.event.LinkedIdentifier;
import io.millrace.identity.IdentityRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
    if (union.size() > rules.largest()) {
      return Optional.of(new Exceeded(Optional.empty(), "", union.size(), rules.largest()));
    }
    Map<Sort, Integer> ofFirst = counts(first);
    Map<Sort, Integer> ofSecond = counts(second);
    return counts(union).entrySet().stream()
        .filter(count -> count.getValue() > ofFirst.getOrDefault(count.getKey(), 0))
        .filter(count -> count.getValue() > ofSecond.getOrDefault(count.getKey(), 0))
        .flatMap(count -> exceeded(count.getKey(), count.getValue(), rules).stream())
        .min(Comparator.comparing(Exceeded::toString));
  }

  private static Optional<Exceeded> exceeded(Sort sort, int count, IdentityRules rules) {
    return rules
        .rule(sort.kind())
        .filter(rule -> count > rule.most())
        .map(rule -> new Exceeded(Optional.of(sort.kind()), sort.system(), count, rule.most()));
  }

  private static Map<Sort, Integer> counts(List<LinkedIdentifier> identifiers) {
    Map<Sort, Integer> counts = new HashMap<>();
    identifiers.forEach(
        each -> counts.merge(new Sort(each.getKind(), each.getSystem()), 1, Integer::sum));
    return counts;
  }

  /** Identifiers of which a person may have only so many. */
  private record Sort(String kind, String system) {}
}
