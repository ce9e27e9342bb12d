package io.millrace.provider;

import java.util.Map;
import java.util.Optional;

/**
 * On whose authority each fact of a catalogue entry stands.
 *
 * @param byFact one authority for each fact the entry states, and for no other
 */
public record Evidence(Map<Fact, Authority> byFact) {
  public Evidence {
    byFact = Map.copyOf(byFact);
  }

  /** Who vouches for a fact; empty if the entry does not state it. */
  public Optional<Authority> of(Fact fact) {
    return Optional.ofNullable(byFact.get(fact));
  }

  /** Something an entry states, named after its key. */
  public enum Fact {
    /** How requests are proved genuine. */
    VERIFICATION("verification"),
    /** What is asked before anything is sent. */
    HANDSHAKE("handshake"),
    /** The answer the sender wants. */
    REPLY("reply"),
    /** Identity, type, time, record and previous values of events. */
    EVENTS("events"),
    /** How long a delivery is sent again, and on which answers. */
    RETRY_HORIZON("retryHorizon"),
    /** How long the sender waits for an answer. */
    RESPONSE_LIMIT("responseLimit");

    private final String key;

    Fact(String key) {
      this.key = key;
    }

    /** Its key in an entry. */
    public String key() {
      return key;
    }
  }

  /**
   * What shows that a fact is right.
   *
   * @param text in a sentence; where an entry gives none, the meaning of the proof
   * @param link where it can be read; empty only for what is our own decision
   */
  public record Authority(Proof proof, String text, Optional<String> link) {}

  /** How strong an authority is, strongest first. */
  public enum Proof {
    SDK("Requests signed by the vendor's own library verify in a test"),
    VECTOR("A vector that the vendor or the standard published verifies in a test"),
    SOURCE("Compared with source code of the vendor"),
    DOCUMENTATION("Built after the documentation; no request of the vendor itself was tried"),
    SECOND_HAND("Built after what others say of the vendor; confirm it before relying on it"),
    OURS("Unknown, and decided here on the safe side");

    private final String meaning;

    Proof(String meaning) {
      this.meaning = meaning;
    }

    /** What it means, in a sentence: the text of an authority that says no more. */
    public String meaning() {
      return meaning;
    }
  }
}
