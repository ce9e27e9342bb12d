package io.millrace.bench.sender;

import java.util.Optional;

/**
 * What a sender adds to a request, as its documentation has it.
 *
 * @param place where the signature or credential sits
 * @param name the header, parameter or field there; the empty text where the place needs no name
 * @param shows what the proof speaks for
 * @param time the signed time, empty if no time is signed
 */
public record Proof(Place place, String name, Shows shows, Optional<Time> time) {

  /** The parts of a request that can hold a proof. */
  public enum Place {
    HEADER,
    QUERY,
    PATH,
    JSON,
    NOWHERE
  }

  /** What a proof speaks for. */
  public enum Shows {
    /** Every byte of the body. */
    BODY,
    /** Some of the content, so that the rest could be changed. */
    PART,
    /** Only that the sender knows the secret. */
    SECRET,
    NOTHING
  }

  /**
   * A signed time.
   *
   * @param name its header or field; for a time beside the signature, its key there
   * @param window seconds it may lie from the receiver's clock either way; empty if the vendor says
   *     nothing and repeats requests for longer than any window could last
   */
  public record Time(Place place, String name, Optional<Integer> window) {}

  /** Whether a receiver refuses what was signed an hour ago. */
  public boolean goesStale() {
    return time.flatMap(Time::window).isPresent();
  }

  static Proof header(String name, Shows shows) {
    return new Proof(Place.HEADER, name, shows, Optional.empty());
  }

  Proof timed(Place where, String field, Optional<Integer> window) {
    return new Proof(place, name, shows, Optional.of(new Time(where, field, window)));
  }
}
