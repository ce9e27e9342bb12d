package io.millrace.provider;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * The evidence for each fact of a catalogue entry.
 *
 * @param byFact one authority for each fact that the entry states, and only for those
 */
public record Evidence(Map<Fact, Authority> byFact) {
  public Evidence {
    byFact = Map.copyOf(byFact);
  }

  /** The authority for a fact; empty if the entry does not state it. */
  public Optional<Authority> of(Fact fact) {
    return Optional.ofNullable(byFact.get(fact));
  }

  /** Something an entry states, named after its key. */
  public enum Fact {
    /** How requests are verified. */
    VERIFICATION("verification"),
    /** The handshakes. */
    HANDSHAKE("handshake"),
    /** The answer the sender expects. */
    REPLY("reply"),
    /** Identity, type, time, record and previous values of events. */
    EVENTS("events"),
    /** How long a delivery is retried, and after which answers. */
    RETRY_HORIZON("retryHorizon"),
    /** How long the sender waits for an answer. */
    RESPONSE_LIMIT("responseLimit");

    private final String key;

    Fact(String key) {
      this.key = key;
    }

    /** The key of the fact in an entry. */
    public String key() {
      return key;
    }
  }

  /** The day on which the fact that was compared first was last compared with its authority. */
  public Optional<LocalDate> oldest() {
    return byFact.values().stream()
        .flatMap(authority -> authority.checked().stream())
        .min(Comparator.naturalOrder());
  }

  /**
   * The source of a fact.
   *
   * @param text one sentence; by default the meaning of the proof
   * @param link where it can be read; empty only for our own decisions
   * @param checked the day on which the fact was last compared with it; empty if unknown
   * @param version its version on that day: of a library, a commit, or the date of a copy
   */
  public record Authority(
      Proof proof,
      String text,
      Optional<String> link,
      Optional<LocalDate> checked,
      Optional<String> version) {}

  /** The strength of an authority, strongest first. */
  public enum Proof {
    SDK("Requests that the vendor's own library signs or accepts verify in a test"),
    VECTOR("A vector that the vendor or the standard published verifies in a test"),
    SOURCE("Compared with source code of the vendor"),
    DOCUMENTATION("Built from the documentation; not tested with a request from the vendor"),
    SECOND_HAND(
        "Built from third-party descriptions of the vendor; confirm it before relying on it"),
    OURS("Unknown; a safe default was chosen");

    private final String meaning;

    Proof(String meaning) {
      this.meaning = meaning;
    }

    /** Whether a program of somebody else agrees with ours, rather than our reading of a text. */
    public boolean isAgreement() {
      return this == SDK || this == VECTOR;
    }

    /** The meaning in one sentence: the default text of an authority. */
    public String meaning() {
      return meaning;
    }
  }
}
