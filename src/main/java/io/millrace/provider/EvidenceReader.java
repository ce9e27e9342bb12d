package io.millrace.provider;

import io.millrace.provider.Evidence.Authority;
import io.millrace.provider.Evidence.Fact;
import io.millrace.provider.Evidence.Proof;
import io.millrace.yaml.Section;
import io.millrace.yaml.Suggestions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads an {@code evidence} section: one authority for all facts of the entry, or a list of them,
 * each {@code for} some facts. Every stated fact must have one, and no other may.
 *
 * <pre>
 * evidence: {proof: documentation, link: https://example.com/webhooks}
 *
 * evidence:
 *   - {for: verification, proof: sdk, text: Its Java library, link: https://example.com/signing,
 *      checked: 2026-11-29, version: 3.1.0}
 *   - {for: [events, responseLimit], proof: documentation, link: https://example.com/webhooks}
 *   - {for: retryHorizon, proof: ours}
 * </pre>
 */
final class EvidenceReader {
  private static final Map<String, Fact> FACTS =
      Arrays.stream(Fact.values()).collect(Collectors.toMap(Fact::key, Function.identity()));

  private final Map<Fact, Authority> found = new EnumMap<>(Fact.class);

  /** Reads the evidence of an entry; empty after a fault. */
  Optional<Evidence> read(Section entry) {
    Set<Fact> stated = stated(entry);
    boolean sound;
    if (entry.require("evidence", "{proof: ours}").isList("evidence")) {
      sound =
          entry.sections("evidence").stream().map(this::readOne).reduce(true, Boolean::logicalAnd);
    } else {
      sound = entry.section("evidence").map(only -> readFor(stated, only)).orElse(false);
    }
    return sound && isComplete(stated, entry) ? Optional.of(new Evidence(found)) : Optional.empty();
  }

  private static Set<Fact> stated(Section entry) {
    Set<Fact> stated = EnumSet.noneOf(Fact.class);
    for (Fact fact : Fact.values()) {
      if (entry.has(fact.key())) {
        stated.add(fact);
      }
    }
    return stated;
  }

  private boolean readOne(Section section) {
    List<String> names = section.require("for", "[verification, events]").texts("for");
    List<Fact> facts = new ArrayList<>();
    for (String name : names) {
      Optional.ofNullable(FACTS.get(name))
          .ifPresentOrElse(
              facts::add,
              () ->
                  section.fault(
                      "for", name + " is not a fact", Suggestions.remedy(name, FACTS.keySet())));
    }
    return readFor(facts, section) && facts.size() == names.size();
  }

  private boolean readFor(Iterable<Fact> facts, Section section) {
    Optional<Authority> authority = authority(section);
    for (Fact fact : facts) {
      authority
          .filter(known -> found.put(fact, known) != null)
          .ifPresent(
              twice -> section.fault(fact.key() + " has two authorities", "keep the stronger one"));
    }
    return authority.isPresent();
  }

  private Optional<Authority> authority(Section section) {
    Optional<Proof> proof = section.require("proof", "documentation").choice("proof", Proof.class);
    Optional<String> text =
        section.has("text") ? section.text("text") : proof.map(Evidence.Proof::meaning);
    Optional<String> link =
        proof.filter(level -> level == Proof.OURS).isPresent()
            ? section.text("link")
            : section.requiredText("link", "https://example.com/docs");
    Optional<LocalDate> checked =
        section.parsed("checked", LocalDate::parse, "write a day, as in checked: 2026-11-29");
    Optional<String> version = section.text("version");
    boolean linked = link.isPresent() || proof.equals(Optional.of(Proof.OURS));
    return proof
        .filter(level -> linked && section.has("checked") == checked.isPresent())
        .flatMap(level -> text.map(says -> new Authority(level, says, link, checked, version)));
  }

  private boolean isComplete(Set<Fact> stated, Section entry) {
    Set<Fact> unproved = EnumSet.copyOf(stated);
    unproved.removeAll(found.keySet());
    if (!unproved.isEmpty()) {
      entry.fault(
          "evidence",
          "there is no evidence for " + keysOf(unproved),
          "add it to for: of an authority");
    }
    Set<Fact> unstated = EnumSet.noneOf(Fact.class);
    unstated.addAll(found.keySet());
    unstated.removeAll(stated);
    if (!unstated.isEmpty()) {
      entry.fault(
          "evidence",
          "there is evidence for " + keysOf(unstated) + ", which the entry does not state",
          "remove it");
    }
    return unproved.isEmpty() && unstated.isEmpty();
  }

  private static String keysOf(Iterable<Fact> facts) {
    List<String> keys = new ArrayList<>();
    facts.forEach(fact -> keys.add(fact.key()));
    return keys.stream().sorted().collect(Collectors.joining(", "));
  }
}
