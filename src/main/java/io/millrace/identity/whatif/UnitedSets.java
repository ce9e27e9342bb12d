package io.millrace.identity.whatif;

import io.millrace.event.LinkedIdentifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Identifiers in disjoint sets, which are united step by step. */
final class UnitedSets {
  private final Map<String, List<LinkedIdentifier>> setOf = new TreeMap<>();

  UnitedSets(Collection<LinkedIdentifier> identifiers) {
    identifiers.forEach(each -> setOf.put(each.getId(), new ArrayList<>(List.of(each))));
  }

  boolean isOne(String first, String second) {
    return name(first).equals(name(second));
  }

  void unite(String first, String second) {
    if (isOne(first, second)) {
      return;
    }
    List<LinkedIdentifier> into = set(first);
    List<LinkedIdentifier> from = set(second);
    if (into.size() < from.size()) {
      List<LinkedIdentifier> larger = from;
      from = into;
      into = larger;
    }
    into.addAll(from);
    for (LinkedIdentifier moved : from) {
      setOf.put(moved.getId(), into);
    }
  }

  List<LinkedIdentifier> set(String id) {
    List<LinkedIdentifier> set = setOf.get(id);
    if (set == null) {
      throw new IllegalArgumentException(id + " is not one of the identifiers");
    }
    return set;
  }

  /** The same for all members of one set, until it is united with another. */
  String name(String id) {
    return set(id).getFirst().getId();
  }

  boolean contains(String id) {
    return setOf.containsKey(id);
  }

  /** All sets, sorted by their smallest id. */
  List<List<LinkedIdentifier>> all() {
    List<List<LinkedIdentifier>> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (List<LinkedIdentifier> set : setOf.values()) {
      if (seen.add(set.getFirst().getId())) {
        all.add(set);
      }
    }
    return all;
  }

  /**
   * How many identifiers of each kind and system a set has; those that are one in the other sets
   * count once.
   */
  static Map<Sort, Integer> counts(List<LinkedIdentifier> set, UnitedSets countedOnce) {
    Map<Sort, Set<String>> found = new HashMap<>();
    for (LinkedIdentifier each : set) {
      String counted = countedOnce.name(each.getId());
      found.computeIfAbsent(Sort.of(each), sort -> new HashSet<>()).add(counted);
    }
    Map<Sort, Integer> counts = new HashMap<>();
    found.forEach((sort, ids) -> counts.put(sort, ids.size()));
    return counts;
  }

  /** Identifiers of which a person may have only so many. */
  record Sort(String kind, String system) {
    static Sort of(LinkedIdentifier identifier) {
      return new Sort(identifier.getKind(), identifier.getSystem());
    }
  }
}
