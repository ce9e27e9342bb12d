package io.millrace.bench.simulator;

import io.millrace.bench.sender.Outgoing;
import io.millrace.bench.sender.Proof;
import io.millrace.bench.sender.Signer;
import io.millrace.bench.simulator.plan.Bodies;
import io.millrace.bench.simulator.plan.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Signs a sender's requests, and forges them in every way that its receiver can detect. */
final class Stamp {
  /** Outside every provider's window. */
  private static final Duration OFF = Duration.ofDays(3);

  private final Signer signer;
  private final Signer stranger;

  /**
   * @param stranger signs with a secret that the receiver does not know
   */
  Stamp(Signer signer, Signer stranger) {
    this.signer = signer;
    this.stranger = stranger;
  }

  /**
   * The forgeries that the receiver refuses: what a sender does not sign can be changed unnoticed.
   */
  List<RequestKind> forgeries() {
    Proof proof = signer.proof();
    List<RequestKind> forgeries = new ArrayList<>();
    if (proof.shows() != Proof.Shows.NOTHING) {
      forgeries.add(RequestKind.WRONG_SECRET);
    }
    if (proof.shows() != Proof.Shows.NOTHING && proof.place() != Proof.Place.PATH) {
      // A URL without its token is a different URL, with a different answer.
      forgeries.add(RequestKind.UNSIGNED);
    }
    if (proof.shows() == Proof.Shows.BODY) {
      forgeries.add(RequestKind.TAMPERED);
    }
    if (proof.goesStale()) {
      forgeries.add(RequestKind.STALE);
      forgeries.add(RequestKind.PREMATURE);
    }
    return forgeries;
  }

  Outgoing on(Outgoing unsigned, RequestKind kind, Instant now) {
    return switch (kind) {
      case WRONG_SECRET -> stranger.sign(unsigned, now);
      case UNSIGNED -> unsigned;
      case TAMPERED -> tampered(signer.sign(unsigned, now));
      case STALE -> signer.sign(unsigned, now.minus(OFF));
      case PREMATURE -> signer.sign(unsigned, now.plus(OFF));
      case GENUINE, RETRIED, RETRIED_RESIGNED, UNKNOWN_SOURCE, OVERSIZED, UNREADABLE ->
          signer.sign(unsigned, now);
    };
  }

  /** Changes one digit or letter in the middle, so that the body keeps its format. */
  private static Outgoing tampered(Outgoing signed) {
    byte[] body = signed.body().clone();
    for (int at = body.length / 2; at < body.length; at++) {
      if (body[at] >= '0' && body[at] <= '8') {
        body[at]++;
        return signed.withBody(body);
      }
    }
    return signed.withBody(Bodies.tampered(signed.body()));
  }
}
