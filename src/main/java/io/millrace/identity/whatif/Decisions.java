package io.millrace.identity.whatif;

import io.millrace.event.IdentityDecision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has been decided: the latest decision about each identifier and each pair.
 *
 * @param latest one for each key
 */
public record Decisions(List<IdentityDecision> latest) {
  public static final String JOIN = "JOIN";
  public static final String SPLIT = "SPLIT";
  public static final String BLOCK = "BLOCK";
  public static final String ERASED = "ERASED";
  public static final String WITHDRAWN = "WITHDRAWN";

  public Decisions {
    Map<String, IdentityDecision> byKey = new LinkedHashMap<>();
    for (IdentityDecision each : latest) {
      byKey.remove(key(each));
      byKey.put(key(each), each);
    }
    latest = List.copyOf(byKey.values());
  }

  /** The key of a decision on its topic: its identifier, or both of its pair. */
  public static String key(IdentityDecision decision) {
    return decision
        .getSecond()
        .map(second -> decision.getFirst().getId() + "/" + second.getId())
        .orElse(decision.getFirst().getId());
  }

  /** Whether a key of the topic names an identifier, alone or in a pair. */
  public static boolean names(String key, String id) {
    return key.equals(id) || key.startsWith(id + "/") || key.endsWith("/" + id);
  }

  /** The same with one more decision, which replaces an earlier one about the same. */
  public Decisions with(IdentityDecision decision) {
    List<IdentityDecision> all = new ArrayList<>(latest);
    all.add(decision);
    return new Decisions(all);
  }

  /** Those of one sort that are in force. */
  List<IdentityDecision> of(String sort) {
    return latest.stream().filter(each -> each.getDecision().equals(sort)).toList();
  }
}
