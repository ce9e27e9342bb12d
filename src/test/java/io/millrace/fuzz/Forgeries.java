package io.millrace.fuzz;

import static io.millrace.fuzz.Target.NOW;

import io.millrace.bench.sender.Outgoing;
import io.millrace.bench.sender.Proof.Place;
import io.millrace.bench.sender.Proof.Shows;
import io.millrace.provider.HandshakeRequest;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must hold for every request, whatever is in it: a verdict and no exception, in good time,
 * and never a good one for what its sender did not send.
 */
final class Forgeries {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofDays(400);

  private Forgeries() {}

  /** Judges the request that the bytes describe. */
  static void check(byte[] bytes) {
    Choices choices = new Choices(bytes);
    Target target = choices.of(Target.all());
    boolean strange = choices.flag();
    Outgoing sent = choices.of(strange ? target.strange() : target.genuine());
    Instant now = choices.of(List.of(NOW, NOW, NOW.plus(LONG), NOW.minus(LONG)));
    SignedRequest request = Draft.of(sent).changed(choices).request();

    long started = System.nanoTime();
    Verdict verdict = target.verifier().verify(request, target.secrets(), now);
    shakeHands(target, request);
    long took = System.nanoTime() - started;

    require(took < PATIENCE.toNanos(), "took " + Duration.ofNanos(took), target, request);
    if (verdict instanceof Verdict.Verified && target.proof().shows() != Shows.NOTHING) {
      require(!strange, "was signed by a stranger", target, request);
      boolean fresh = now.equals(NOW) || !target.proof().goesStale();
      require(fresh, "was signed long before or after", target, request);
      requireGenuine(target, sent, request);
    }
  }

  private static void shakeHands(Target target, SignedRequest request) {
    target
        .provider()
        .handshake()
        .ifPresent(
            handshake -> {
              handshake.answer(new HandshakeRequest(request, false, target.secrets(), true));
              handshake.answer(new HandshakeRequest(request, true, target.secrets(), false));
            });
  }

  private static void requireGenuine(Target target, Outgoing sent, SignedRequest request) {
    if (target.proof().shows() == Shows.SECRET) {
      require(holds(request, target.keys().signing()), "lacks the secret", target, request);
      return;
    }
    Optional<String> genuine = resigned(target, sent);
    if (genuine.isPresent() && genuine.equals(sent.header(target.proof().name()))) {
      // The independent signer agrees that what was signed is still the same.
      require(resigned(target, read(request)).equals(genuine), "was changed", target, request);
    } else if (target.proof().shows() == Shows.BODY) {
      boolean same = Arrays.equals(sent.body(), request.body());
      require(same, "has another body", target, request);
    }
  }

  /** The proof an independent signer gives a request; empty if it cannot, or not in a header. */
  private static Optional<String> resigned(Target target, Outgoing request) {
    if (target.proof().place() != Place.HEADER) {
      return Optional.empty();
    }
    try {
      return target.signer().sign(request, NOW).header(target.proof().name());
    } catch (IllegalArgumentException unsignable) {
      return Optional.empty();
    }
  }

  private static Outgoing read(SignedRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    request.headers().asMap().forEach((name, values) -> headers.put(name, values.getFirst()));
    return new Outgoing(request.method(), request.url(), headers, request.body());
  }

  private static boolean holds(SignedRequest request, String secret) {
    StringBuilder text = new StringBuilder(request.url());
    for (List<String> values : request.headers().asMap().values()) {
      for (String value : values) {
        text.append('\n').append(value).append('\n').append(decoded(value));
      }
    }
    text.append('\n').append(new String(request.body(), StandardCharsets.UTF_8));
    return text.indexOf(secret) >= 0;
  }

  private static String decoded(String value) {
    try {
      String text = value.replaceFirst("(?i)^basic +", "");
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }

  private static void require(boolean holds, String fault, Target target, SignedRequest request) {
    if (!holds) {
      throw new AssertionError(
          "%s: the request %s and was still accepted or is too slow: %s %s %s %s"
              .formatted(
                  target,
                  fault,
                  request.method(),
                  request.url(),
                  request.headers().asMap(),
                  new String(request.body(), StandardCharsets.UTF_8)));
    }
  }
}
