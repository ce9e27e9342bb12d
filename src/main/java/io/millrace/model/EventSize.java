package io.millrace.model;

/** The largest events and record states, far below the 8 MB that every topic accepts. */
public final class EventSize {
  /** The largest event, in bytes as it is written to topics. */
  public static final int MAX_BYTES = 2_000_000;

  /**
   * The largest state of a record with everything it absorbed, in bytes as it is written to its
   * store. What is derived from a state, a row or a history, is not larger than twice as much.
   */
  public static final int MAX_STATE_BYTES = 4_000_000;

  /** The longest id, key or type, in characters: they end up in keys of topics and stores. */
  public static final int MAX_NAME = 512;

  private EventSize() {}
}
