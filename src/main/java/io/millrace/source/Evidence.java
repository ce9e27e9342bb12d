package io.millrace.source;

/**
 * What shows that a catalogue entry does what the provider does.
 *
 * @param text in a sentence
 * @param link where it can be read
 */
public record Evidence(Proof proof, String text, String link) {

  /** How strong it is, strongest first. */
  public enum Proof {
    /** Requests signed by the provider's own library verify. */
    SDK,
    /** A vector the provider or the standard published verifies. */
    VECTOR,
    /** Built after the documentation; no request of the provider's own making was tried. */
    DOCUMENTATION,
    /** Defined here; the sender follows it. */
    OURS
  }
}
