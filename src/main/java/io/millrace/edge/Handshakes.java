package io.millrace.edge;

import io.millrace.rule.LogField;
import io.millrace.rule.Reason;
import io.millrace.source.HandshakeAnswer;
import io.millrace.source.HandshakeOutcome;
import io.millrace.source.HandshakeRequest;
import io.millrace.verify.Secret;
import io.millrace.verify.SignedRequest;
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

/** Answers what a provider asks before it sends anything. */
final class Handshakes {
  private static final Logger LOG = LoggerFactory.getLogger(Handshakes.class);
  private static final int FINGERPRINT_BYTES = 6;

  private Handshakes() {}

  /**
   * A request that may be a handshake.
   *
   * @param provedBy the reference of the secret that proved it; empty if nothing did
   * @param address where it came from
   */
  record Asked(
      ConnectedSource source,
      SignedRequest request,
      boolean verified,
      Optional<String> provedBy,
      String address,
      Instant now) {}

  /**
   * The answer; empty if it is no handshake.
   *
   * @throws RefusedException if it is one that is not to be answered
   */
  static Optional<HandshakeAnswer> answer(Asked asked) {
    return asked
        .source()
        .source()
        .provider()
        .handshake()
        .flatMap(handshake -> handshake.answer(known(asked)))
        .map(
            outcome ->
                switch (outcome) {
                  case HandshakeOutcome.Answered answered -> answered.answer();
                  case HandshakeOutcome.Refused refused ->
                      throw refuse(asked, refused.reason(), refused.explanation());
                  case HandshakeOutcome.Captured captured -> keep(asked, captured);
                });
  }

  private static HandshakeRequest known(Asked asked) {
    List<Secret> active =
        asked.source().captured().secrets().stream()
            .filter(secret -> secret.isActive(asked.now()))
            .sorted(
                Comparator.comparing(
                    secret -> asked.provedBy().filter(secret.reference()::equals).isEmpty()))
            .toList();
    return new HandshakeRequest(
        asked.request(),
        asked.verified(),
        active,
        asked.source().captured().isAwaited(asked.now()));
  }

  private static HandshakeAnswer keep(Asked asked, HandshakeOutcome.Captured captured) {
    try {
      if (!asked.source().captured().keep(captured.secret(), asked.now())) {
        throw refuse(
            asked, Reason.MISSING_SIGNATURE, "Another request brought the secret just before");
      }
    } catch (IOException failure) {
      LOG.atError()
          .addKeyValue(LogField.SOURCE, asked.source().name())
          .log("The secret a provider brought could not be kept: {}", failure.toString());
      throw Problem.of(
              Reason.INTERNAL,
              "The secret could not be kept; see the log of the edge, then connect the provider again")
          .at(asked.source().name())
          .toException();
    }
    LOG.atWarn()
        .addKeyValue(LogField.SOURCE, asked.source().name())
        .log(
            "Captured the source's secret from {}: SHA-256 {}... of it is in the file of its ref."
                + " Nobody proved who brought it: compare it with what the provider shows. If it"
                + " is another, delete the file and connect the provider again",
            asked.address(),
            fingerprint(captured.secret()));
    return captured.answer();
  }

  private static RefusedException refuse(Asked asked, Reason reason, String explanation) {
    LOG.atWarn()
        .addKeyValue(LogField.SOURCE, asked.source().name())
        .log("Refused a handshake from {}: {}", asked.address(), explanation);
    return Problem.of(reason, explanation).at(asked.source().name()).toException();
  }

  /** Enough to tell two secrets apart; no way back to one. */
  private static String fingerprint(String secret) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("This JDK lacks SHA-256", impossible);
    }
  }
}
