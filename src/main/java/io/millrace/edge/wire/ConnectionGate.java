package io.millrace.edge.wire;

/** Decides which connections may stay. Called from many threads; must not block. */
public interface ConnectionGate {

  /**
   * A connection was accepted.
   *
   * @param peer the address of its other end
   * @param connection identifies it
   * @param abort ends a connection at once, this one or, later, any other; must be called at most
   *     once for each
   */
  void opened(String peer, Object connection, Runnable abort);

  /** A connection has ended, whoever ended it. */
  void closed(Object connection);
}
