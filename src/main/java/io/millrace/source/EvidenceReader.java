package io.millrace.source;

import io.millrace.source.Evidence.Authority;
import io.millrace.source.Evidence.Fact;
import io.millrace.source.Evidence.Proof;
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
 * each {@code for} some facts. Every fact that is stated has to have one, and no other may.
 *
 * <pre>
 * evidence: {proof: documentation, link: https://example.com/webhooks}
 *
 * evidence:
 *   - {for: verification, proof: sdk, text: Its Java library, link: https://example.com/signing}
 *   - {for: [events, responseLimit], proof: documentation, link: https://example.com/webhooks}
 *   - {for: retryHorizon, proof: ours}
 * </pre>
 */
final class EvidenceReader {
  private static final Map<String, Fact> FACTS =
      Arrays.stream(Fact.values()).collect(Collectors.toMap(Fact::key, Function.identity()));

  private final Faults faults;
  private final Map<Fact, Authority> found = new EnumMap<>(Fact.class);

  EvidenceReader(Faults faults) {
    this.faults = faults;
  }

  /** The evidence of an entry whose keys are given; empty after a fault. */
  Optional<Evidence> read(Keys entry) {
    Set<Fact> stated = stated(entry);
    boolean sound;
    if (entry.any("evidence").filter(Yaml.Sequence.class::isInstance).isPresent()) {
      sound =
          entry.sections("evidence").stream().map(this::readOne).reduce(true, Boolean::logicalAnd);
    } else {
      sound = entry.section("evidence").map(only -> readFor(stated, only)).orElse(false);
    }
    return sound && isComplete(stated, entry) ? Optional.of(new Evidence(found)) : Optional.empty();
  }

  private static Set<Fact> stated(Keys entry) {
    Set<Fact> stated = EnumSet.noneOf(Fact.class);
    for (Fact fact : Fact.values()) {
      if (entry.has(fact.key())) {
        stated.add(fact);
      }
    }
    return stated;
  }

  private boolean readOne(Keys keys) {
    List<String> names =
        keys.any("for").filter(Yaml.Sequence.class::isInstance).isPresent()
            ? keys.texts("for")
            : keys.requiredText("for", "for: [verification, events]").stream().toList();
    List<Fact> facts = new ArrayList<>();
    for (String name : names) {
      Optional.ofNullable(FACTS.get(name))
          .ifPresentOrElse(
              facts::add,
              () ->
                  faults.add(
                      keys.lineOf("for"),
                      name + " is not a fact of an entry",
                      "use some of " + keysOf(FACTS.values())));
    }
    return readFor(facts, keys) && facts.size() == names.size();
  }

  private boolean readFor(Iterable<Fact> facts, Keys keys) {
    Optional<Authority> authority = authority(keys);
    keys.finish();
    for (Fact fact : facts) {
      authority
          .filter(known -> found.put(fact, known) != null)
          .ifPresent(
              twice ->
                  faults.add(
                      keys.line(), fact.key() + " has two authorities", "keep the stronger"));
    }
    return authority.isPresent();
  }

  private Optional<Authority> authority(Keys keys) {
    Optional<Proof> proof = keys.oneOf("proof", Proof.class);
    Optional<String> text =
        keys.has("text") ? keys.text("text") : proof.map(Evidence.Proof::meaning);
    Optional<String> link =
        proof.filter(level -> level == Proof.OURS).isPresent()
            ? keys.text("link")
            : keys.requiredText("link", "link: https://example.com/docs");
    if (!keys.has("proof")) {
      faults.add(keys.line(), "the evidence has no proof", "add it, as in proof: documentation");
    }
    boolean linked = link.isPresent() || proof.equals(Optional.of(Proof.OURS));
    return proof
        .filter(level -> linked)
        .flatMap(level -> text.map(says -> new Authority(level, says, link)));
  }

  private boolean isComplete(Set<Fact> stated, Keys entry) {
    Set<Fact> unproved = EnumSet.copyOf(stated);
    unproved.removeAll(found.keySet());
    if (!unproved.isEmpty()) {
      faults.add(
          entry.lineOf("evidence"),
          "nobody vouches for " + keysOf(unproved),
          "add it to for: of an authority");
    }
    Set<Fact> unstated = EnumSet.noneOf(Fact.class);
    unstated.addAll(found.keySet());
    unstated.removeAll(stated);
    if (!unstated.isEmpty()) {
      faults.add(
          entry.lineOf("evidence"),
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
