package io.millrace.bench.sender;

import java.util.Optional;

/**
 * What a sender adds to a request, according to its documentation.
 *
 * @param place where the signature or credential is
 * @param name the header, parameter or field there; empty if the place needs no name
 * @param shows what the proof covers
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

  /** What a proof covers. */
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
   * @param name its header or field; for a time in the signature header, its key there
   * @param window seconds it may differ from the receiver's clock; empty if the vendor does not
   *     specify it and retries for longer than any reasonable window
   */
  public record Time(Place place, String name, Optional<Integer> window) {}

  /** Whether a receiver refuses a request that was signed an hour ago. */
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
