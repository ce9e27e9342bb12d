package io.millrace.bench.stack;

/** One server of the stack. */
interface Part {

  /** The name for people. */
  String title();

  /** Starts it and returns once it is ready. */
  void start() throws Exception;

  /** Stops it, however far its start has got; does nothing when it was never started. */
  void stop() throws Exception;
}
