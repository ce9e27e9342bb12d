package io.millrace.identity;

import io.millrace.event.IdentityDecision;
import io.millrace.event.IdentityEvidence;
import io.millrace.event.IdentityLink;
import io.millrace.event.LinkedIdentifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** The rules of docs/identity.md over one list, as plainly as possible. */
final class NaiveIdentities {
  private static final Comparator<IdentityEvidence> BY_EVIDENCE =
      Comparator.comparing(IdentityEvidence::getOccurredAt)
          .thenComparing(IdentityEvidence::getSource)
          .thenComparing(IdentityEvidence::getEventId)
          .thenComparing(IdentityEvidence::getEventType);

  private final IdentityRules rules;
  private final int moreThanMost;
  private final int widest;
  private final Map<String, LinkedIdentifier> all = new TreeMap<>();
  private final Map<String, IdentityLink> links = new TreeMap<>();
  private final Map<String, IdentityDecision> decisions = new TreeMap<>();

  /** Links that each identifier keeps. */
  private final Map<String, Set<String>> kept = new HashMap<>();

  private final List<Line> lines = new ArrayList<>();
  private final Map<String, Set<String>> together = new HashMap<>();
  private final Map<String, Set<String>> merged = new HashMap<>();
  private final Map<String, Set<String>> apart = new HashMap<>();
  private final Map<String, Set<String>> because = new HashMap<>();
  private final Set<String> held = new HashSet<>();

  NaiveIdentities(
      IdentityRules rules, int moreThanMost, int widest, List<? extends SpecificRecord> inputs) {
    this.rules = rules;
    this.moreThanMost = moreThanMost;
    this.widest = widest;
    for (SpecificRecord input : inputs) {
      switch (input) {
        case IdentityLink link -> add(link);
        case IdentityDecision decision -> add(decision);
        default -> throw new IllegalArgumentException(input.toString());
      }
    }
  }

  /** A link that counts. */
  private record Line(String a, String b, String relation, IdentityLink link, long at) {}

  private void add(IdentityLink link) {
    String a = link.getFirst().getId();
    String b = link.getSecond().getId();
    all.put(a, link.getFirst());
    all.put(b, link.getSecond());
    links.merge(
        link.getRelation() + " " + a + " " + b,
        link,
        (x, y) -> BY_EVIDENCE.compare(x.getEvidence(), y.getEvidence()) <= 0 ? x : y);
  }

  private void add(IdentityDecision decision) {
    all.put(decision.getFirst().getId(), decision.getFirst());
    decision.getSecond().ifPresent(second -> all.put(second.getId(), second));
    Comparator<IdentityDecision> latest =
        Comparator.comparing(IdentityDecision::getDecidedAt)
            .thenComparingInt(
                each ->
                    List.of("WITHDRAWN", "JOIN", "SPLIT", "BLOCK", "ERASED")
                        .indexOf(each.getDecision()));
    String key =
        decision.getFirst().getId()
            + decision.getSecond().map(second -> " " + second.getId()).orElse("");
    decisions.merge(key, decision, (x, y) -> latest.compare(x, y) >= 0 ? x : y);
  }

  /** owner, state, joined_by and apart_from of each identifier. */
  Map<String, String> solve() {
    all.keySet().forEach(id -> kept.put(id, keptBy(id)));
    collectLines();
    for (String id : all.keySet()) {
      together.put(id, new TreeSet<>(Set.of(id)));
      merged.put(id, new TreeSet<>(Set.of(id)));
      apart.put(id, new TreeSet<>());
      because.put(id, new TreeSet<>());
    }
    all.keySet().forEach(this::holdIfTooWide);
    lines.removeIf(line -> held.contains(line.a()) && isHeldApart(line));
    lines.sort(this::order);
    lines.forEach(this::unite);
    Map<String, String> result = new TreeMap<>();
    all.keySet().forEach(id -> result.put(id, described(id)));
    return result;
  }

  private Set<String> keptBy(String id) {
    Map<String, List<String>> alike = new HashMap<>();
    for (String key : links.keySet()) {
      IdentityLink link = at(links, key);
      if (link.getFirst().getId().equals(id) || link.getSecond().getId().equals(id)) {
        LinkedIdentifier other = at(all, other(link, id));
        alike
            .computeIfAbsent(
                link.getRelation() + other.getKind() + "/" + other.getSystem(),
                added -> new ArrayList<>())
            .add(key);
      }
    }
    Set<String> kept = new HashSet<>();
    for (List<String> keys : alike.values()) {
      keys.sort(
          Comparator.comparing((String key) -> at(links, key).getEvidence(), BY_EVIDENCE)
              .thenComparing(key -> other(at(links, key), id)));
      kept.addAll(keys.subList(0, Math.min(keys.size(), limit(id, keys.getFirst()))));
    }
    return kept;
  }

  private int limit(String id, String key) {
    if (at(links, key).getRelation().equals("MERGED")) {
      return rules.largest();
    }
    String other = at(all, other(at(links, key), id)).getKind();
    int most = rule(other).most() + moreThanMost;
    return rank(other) < rank(id(id)) ? Math.max(most, rule(id(id)).shared() + 1) : most;
  }

  private String id(String id) {
    return at(all, id).getKind();
  }

  private KindRule rule(String kind) {
    return rules.rule(kind).orElseThrow();
  }

  private int rank(String kind) {
    return rules.rank(kind);
  }

  private static String other(IdentityLink link, String id) {
    String first = link.getFirst().getId();
    return first.equals(id) ? link.getSecond().getId() : first;
  }

  private boolean isShared(String id) {
    long stronger =
        at(kept, id).stream()
            .map(links::get)
            .filter(link -> link.getRelation().equals("NAMED"))
            .filter(link -> rank(id(other(link, id))) < rank(id(id)))
            .count();
    return stronger > rule(id(id)).shared();
  }

  private String decided(String key) {
    IdentityDecision decision = decisions.get(key);
    return decision == null ? "WITHDRAWN" : decision.getDecision();
  }

  private boolean isBlocked(String id) {
    return !decided(id).equals("WITHDRAWN");
  }

  private void collectLines() {
    links.forEach(
        (key, link) -> {
          String a = link.getFirst().getId();
          String b = link.getSecond().getId();
          boolean isKept = at(kept, a).contains(key) && at(kept, b).contains(key);
          boolean speaks = link.getRelation().equals("MERGED") || (!isShared(a) && !isShared(b));
          if (isKept && speaks && !isBlocked(a) && !isBlocked(b)) {
            lines.add(new Line(a, b, link.getRelation(), link, 0));
          }
        });
    for (IdentityDecision decision : decisions.values()) {
      String a = decision.getFirst().getId();
      if (decision.getDecision().equals("JOIN")) {
        String b = decision.getSecond().orElseThrow().getId();
        if (!isBlocked(a) && !isBlocked(b)) {
          lines.add(
              new Line(
                  a, b, "DECIDED", new IdentityLink(), decision.getDecidedAt().toEpochMilli()));
        }
      }
    }
  }

  private Set<String> connected(String id, boolean all) {
    Set<String> found = new HashSet<>(Set.of(id));
    boolean grows = true;
    while (grows) {
      grows = false;
      for (Line line : lines) {
        if ((all || !line.relation().equals("NAMED"))
            && (found.contains(line.a()) || found.contains(line.b()))) {
          grows |= found.add(line.a());
          grows |= found.add(line.b());
        }
      }
    }
    return found;
  }

  private void holdIfTooWide(String id) {
    if (connected(id, true).size() > widest) {
      held.add(id);
    }
  }

  /** Of what is held, decisions and merges unite, if they connect no more than one may have. */
  private boolean isHeldApart(Line line) {
    return line.relation().equals("NAMED") || connected(line.a(), false).size() > rules.largest();
  }

  private int order(Line x, Line y) {
    Function<Line, Integer> weaker = line -> Math.max(rank(id(line.a())), rank(id(line.b())));
    Function<Line, Integer> stronger = line -> Math.min(rank(id(line.a())), rank(id(line.b())));
    Comparator<Line> first =
        Comparator.comparingInt(
                (Line line) -> List.of("DECIDED", "MERGED", "NAMED").indexOf(line.relation()))
            .thenComparing(Line::at, Comparator.reverseOrder())
            .thenComparing(weaker)
            .thenComparing(stronger);
    int order = first.compare(x, y);
    if (order == 0 && !x.relation().equals("DECIDED")) {
      order = BY_EVIDENCE.compare(x.link().getEvidence(), y.link().getEvidence());
    }
    return order != 0 ? order : Comparator.comparing(Line::a).thenComparing(Line::b).compare(x, y);
  }

  private void unite(Line line) {
    Set<String> one = at(together, line.a());
    Set<String> other = at(together, line.b());
    if (!one.equals(other)) {
      String refusal = refusal(line, one, other);
      if (!refusal.isEmpty()) {
        at(apart, line.a()).add(line.b());
        at(apart, line.b()).add(line.a());
        at(because, line.a()).add(refusal);
        at(because, line.b()).add(refusal);
        return;
      }
      one.addAll(other);
      other.forEach(id -> together.put(id, one));
    }
    if (line.relation().equals("MERGED") && !at(merged, line.a()).equals(at(merged, line.b()))) {
      at(merged, line.a()).addAll(at(merged, line.b()));
      at(merged, line.b()).forEach(id -> merged.put(id, at(merged, line.a())));
    }
  }

  private String refusal(Line line, Set<String> one, Set<String> other) {
    for (String a : one) {
      for (String b : other) {
        String pair = a.compareTo(b) < 0 ? a + " " + b : b + " " + a;
        if (decided(pair).equals("SPLIT")) {
          return "SPLIT";
        }
      }
    }
    if (!line.relation().equals("NAMED")) {
      return "";
    }
    Map<String, Set<Set<String>>> mine = byKind(one);
    Map<String, Set<Set<String>>> others = byKind(other);
    for (String kind : mine.keySet()) {
      int both = others.getOrDefault(kind, Set.of()).size();
      if (both > 0 && both + mine.get(kind).size() > rule(kind.split("/", 2)[0]).most()) {
        return "CONFLICT";
      }
    }
    return one.size() + other.size() > rules.largest() ? "HELD" : "";
  }

  private Map<String, Set<Set<String>>> byKind(Set<String> ids) {
    Map<String, Set<Set<String>>> byKind = new HashMap<>();
    for (String id : ids) {
      byKind
          .computeIfAbsent(id(id) + "/" + at(all, id).getSystem(), added -> new HashSet<>())
          .add(at(merged, id));
    }
    return byKind;
  }

  private String owner(String id) {
    Comparator<String> strongest =
        Comparator.comparingInt((String each) -> rank(id(each)))
            .thenComparingLong(this::since)
            .thenComparing(each -> each);
    return at(together, id).stream().min(strongest).orElseThrow();
  }

  private long since(String id) {
    return links.values().stream()
        .filter(link -> link.getFirst().getId().equals(id) || link.getSecond().getId().equals(id))
        .mapToLong(link -> link.getEvidence().getOccurredAt().toEpochMilli())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private String described(String id) {
    String joinedBy =
        lines.stream()
            .filter(line -> line.a().equals(id) || line.b().equals(id))
            .filter(line -> at(together, line.a()).equals(at(together, line.b())))
            .filter(line -> !owner(id).equals(id))
            .findFirst()
            .map(line -> shown(line, id))
            .orElse("");
    Set<String> apartFrom = new TreeSet<>();
    at(apart, id).forEach(other -> apartFrom.add(owner(other)));
    return owner(id) + " " + state(id) + " " + joinedBy + " " + apartFrom;
  }

  private static String shown(Line line, String id) {
    String other = line.a().equals(id) ? line.b() : line.a();
    return line.relation().equals("DECIDED")
        ? other + " DECIDED"
        : other + " " + line.relation() + " " + line.link().getEvidence().getEventId();
  }

  private String state(String id) {
    if (at(together, id).size() > 1) {
      return "JOINED";
    }
    if (isBlocked(id)) {
      return decided(id).equals("BLOCK") ? "BLOCKED" : "ERASED";
    }
    if (isShared(id)) {
      return "SHARED";
    }
    if (held.contains(id) || at(because, id).contains("HELD")) {
      return "HELD";
    }
    boolean isDropped =
        at(kept, id).stream().anyMatch(key -> !at(kept, other(at(links, key), id)).contains(key));
    return isDropped || at(because, id).contains("CONFLICT") ? "CONFLICT" : "ALONE";
  }

  private static <V> V at(Map<String, V> rows, String key) {
    return Objects.requireNonNull(rows.get(key));
  }
}
