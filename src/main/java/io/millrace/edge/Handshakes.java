package io.millrace.edge;

import io.millrace.edge.admit.CapturedSecret;
import io.millrace.edge.wire.Problem;
import io.millrace.edge.wire.ProblemException;
import io.millrace.model.LogField;
import io.millrace.model.Reason;
import io.millrace.provider.HandshakeAnswer;
import io.millrace.provider.HandshakeOutcome;
import io.millrace.provider.HandshakeRequest;
import io.millrace.verify.Secret;
import io.millrace.verify.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the handshakes of providers. */
final class Handshakes {
  private static final Logger LOG = LoggerFactory.getLogger(Handshakes.class);
  private static final int FINGERPRINT_BYTES = 6;

  private Handshakes() {}

  /**
   * Answers a handshake that needs no proof; empty if the request is not a handshake.
   *
   * @throws ProblemException if the handshake must not be answered
   */
  static Optional<Outcome.HandshakeAnswered> answer(Exchange.Received received) {
    return answer(received, Optional.empty())
        .map(answer -> new Outcome.HandshakeAnswered(received, answer));
  }

  /**
   * Answers a handshake whose sender was proved; empty if the request is not a handshake.
   *
   * @throws ProblemException if the handshake must not be answered
   */
  static Optional<Outcome.HandshakeAnswered> answer(Exchange.Proved proved) {
    return answer(proved.received(), Optional.of(proved.verdict()))
        .map(answer -> new Outcome.HandshakeAnswered(proved, answer));
  }

  private static Optional<HandshakeAnswer> answer(
      Exchange.Received asked, Optional<Verdict.Verified> proof) {
    return asked
        .source()
        .source()
        .provider()
        .handshake()
        .flatMap(handshake -> handshake.answer(known(asked, proof)))
        .map(
            outcome ->
                switch (outcome) {
                  case HandshakeOutcome.Answered(var answer) -> answer;
                  case HandshakeOutcome.Refused(var reason, var explanation) ->
                      throw refuse(asked, reason, explanation);
                  case HandshakeOutcome.Captured captured -> keep(asked, captured);
                });
  }

  private static HandshakeRequest known(Exchange.Received asked, Optional<Verdict.Verified> proof) {
    CapturedSecret captured = asked.source().captured();
    Instant now = asked.arrived().time();
    Optional<String> provedBy = proof.flatMap(Verdict.Verified::secret);
    List<Secret> active =
        captured.secrets().stream()
            .filter(secret -> secret.isActive(now))
            .sorted(
                Comparator.comparing(
                    secret -> provedBy.filter(secret.reference()::equals).isEmpty()))
            .toList();
    return new HandshakeRequest(
        asked.request(), proof.isPresent(), active, captured.isAwaited(now));
  }

  private static HandshakeAnswer keep(Exchange.Received asked, HandshakeOutcome.Captured captured) {
    try {
      if (!asked.source().captured().keep(captured.secret(), asked.arrived().time())) {
        throw refuse(
            asked, Reason.MISSING_SIGNATURE, "Another request has just brought the secret");
      }
    } catch (IOException failure) {
      LOG.atError()
          .addKeyValue(LogField.SOURCE, asked.source().name())
          .log("The secret sent by a provider could not be saved: {}", failure.toString());
      throw Problem.of(
              Reason.INTERNAL,
              "The secret could not be saved; see the log of the edge, then connect the provider again")
          .at(asked.source().name())
          .toException();
    }
    LOG.atWarn()
        .addKeyValue(LogField.SOURCE, asked.source().name())
        .log(
            "Captured the source's secret from {} and saved it to the file of its ref; its SHA-256"
                + " begins with {}. The sender was not verified: compare the secret with the one that the"
                + " provider shows. If they differ, delete the file and connect the provider again",
            asked.arrived().client().address(),
            fingerprint(captured.secret()));
    return captured.answer();
  }

  private static ProblemException refuse(
      Exchange.Received asked, Reason reason, String explanation) {
    LOG.atWarn()
        .addKeyValue(LogField.SOURCE, asked.source().name())
        .log("Refused a handshake from {}: {}", asked.arrived().client().address(), explanation);
    return Problem.of(reason, explanation).at(asked.source().name()).toException();
  }

  /** Enough to distinguish two secrets; does not reveal either. */
  private static String fingerprint(String secret) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }
}
