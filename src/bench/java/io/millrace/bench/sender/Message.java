package io.millrace.bench.sender;

/** What a sender signs, in pieces. */
@FunctionalInterface
interface Message {
  /** The body alone. */
  Message BODY = (request, time) -> new byte[][] {request.body()};

  /**
   * The pieces.
   *
   * @param time as the sender writes it; empty if it writes none
   */
  byte[][] of(Outgoing request, String time);

  /** Texts around the time, and then the body: {@code v0:TIME:BODY}. */
  static Message timeThenBody(String before, String between) {
    return (request, time) -> new byte[][] {Seal.utf8(before + time + between), request.body()};
  }

  static Message bodyThenTime() {
    return (request, time) -> new byte[][] {request.body(), Seal.utf8(time)};
  }
}
