package io.millrace.verify;

import io.millrace.model.Assurance;
import io.millrace.model.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Verifies one request by the credential it contains. */
final class CredentialCheck {
  private static final ValueLocation AUTHORIZATION = new ValueLocation.InHeader("Authorization");
  private static final String BASIC = "basic ";
  private static final KeyFormat TEXT = new KeyFormat(KeyFormat.Kind.UTF8, Optional.empty());

  private final Consumer<String> steps;

  CredentialCheck(Consumer<String> steps) {
    this.steps = steps;
  }

  static byte[] bytes(Secret secret) throws InvalidSecretException {
    return TEXT.decode(secret.value());
  }

  static void requireUserAndPassword(Secret secret) throws InvalidSecretException {
    TEXT.decode(secret.value());
    if (secret.value().indexOf(':') < 1) {
      throw new InvalidSecretException("it does not have the form user:password");
    }
  }

  Verdict judge(Verification.Token scheme, SignedRequest request, List<Secret> secrets) {
    String shown = read(scheme.location(), request);
    if (!shown.startsWith(scheme.prefix())) {
      throw new Refusal(
          Reason.MALFORMED,
          "The " + scheme.location().describe() + " does not start with " + scheme.prefix());
    }
    return compare(
        shown.substring(scheme.prefix().length()).getBytes(StandardCharsets.UTF_8), secrets);
  }

  Verdict judgeBasic(SignedRequest request, List<Secret> secrets) {
    String shown = read(AUTHORIZATION, request);
    if (!shown.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      throw new Refusal(Reason.MALFORMED, "The header Authorization is not HTTP Basic");
    }
    try {
      return compare(Base64.getDecoder().decode(shown.substring(BASIC.length()).strip()), secrets);
    } catch (IllegalArgumentException undecodable) {
      throw new Refusal(Reason.MALFORMED, "The header Authorization is not base64 after Basic");
    }
  }

  private String read(ValueLocation location, SignedRequest request) {
    String value =
        location
            .read(request)
            .orElseThrow(
                () ->
                    new Refusal(
                        Reason.MISSING_SIGNATURE, "The " + location.describe() + " is missing"));
    steps.accept(location.describe() + ": found");
    return value;
  }

  /**
   * Compares hashes, which have equal length, so the time taken reveals nothing about the secret.
   */
  private Verdict compare(byte[] shown, List<Secret> secrets) {
    if (secrets.isEmpty()) {
      throw ActiveKeys.noSecret();
    }
    Optional<String> matched = Optional.empty();
    byte[] shownHash = Hash.SHA256.of(shown);
    for (Secret secret : secrets) {
      byte[] secretHash = Hash.SHA256.of(secret.value().getBytes(StandardCharsets.UTF_8));
      if (MessageDigest.isEqual(shownHash, secretHash)) {
        matched = matched.or(() -> Optional.of(secret.reference()));
      }
    }
    steps.accept("secrets: " + secrets.size() + " active, all tried");
    if (matched.isEmpty()) {
      throw new Refusal(Reason.BAD_SIGNATURE, "The credential does not match any active secret");
    }
    steps.accept("credential: is " + matched.get());
    return new Verdict.Verified(Assurance.SHARED_SECRET, matched);
  }
}
