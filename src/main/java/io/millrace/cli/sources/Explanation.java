package io.millrace.cli.sources;

import io.millrace.cli.traffic.CapturedRequest;
import io.millrace.model.Assurance;
import io.millrace.model.Reason;
import io.millrace.provider.Provider;
import io.millrace.source.Source;
import io.millrace.verify.Secret;
import io.millrace.verify.Verdict;
import io.millrace.verify.Verifier;
import io.millrace.verify.diagnosis.Diagnosis;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Explains why a captured request verifies or not, without revealing how to sign one. */
final class Explanation {
  private static final int MAX_OTHERS = 3;

  private final Source source;
  private final CapturedRequest captured;
  private final Instant now;
  private final PrintWriter out;

  Explanation(Source source, CapturedRequest captured, Instant now, PrintWriter out) {
    this.source = source;
    this.captured = captured;
    this.now = now;
    this.out = out;
  }

  void printOk(Verdict.Verified verified, List<String> steps) {
    out.println("OK");
    printSteps(steps);
    out.println("  proved: " + verified.assurance());
    verified
        .signed()
        .flatMap(signed -> signed.unlimitedTime())
        .filter(time -> Duration.between(time, now).abs().compareTo(source.repeatHorizon()) > 0)
        .ifPresent(
            time ->
                out.println(
                    "  but: the edge would refuse it as STALE, because it was signed at "
                        + time
                        + ", which is outside the period in which repeats are recognised"));
  }

  /**
   * @param providers providers that may have sent it instead
   */
  void printRefused(
      Verdict.Refused refused,
      List<String> steps,
      boolean judgedByNow,
      Collection<Provider> providers) {
    out.println(refused.reason().name());
    printSteps(steps);
    out.println("  refused: " + refused.explanation());
    Diagnosis.of(source.provider().verification(), captured.request(), captured.secrets(), now)
        .forEach(hint -> out.println("  found: " + hint));
    if (refused.reason() == Reason.STALE && judgedByNow) {
      out.println(
          "  try: --at with the time the request arrived; it was judged by the current" + " time");
    }
    if (refused.reason() == Reason.MISSING_SIGNATURE) {
      out.println(
          "  headers received: "
              + String.join(", ", new TreeSet<>(captured.request().headers().asMap().keySet())));
    }
    providers.stream()
        .filter(other -> !other.name().equals(source.provider().name()))
        .filter(this::signs)
        .limit(MAX_OTHERS)
        .forEach(
            other ->
                out.println(
                    "  found: it verifies as a request of the provider "
                        + other.name()
                        + " ("
                        + other.title()
                        + ")"));
  }

  /** A weaker proof is not reported: it might match anything. */
  private boolean signs(Provider other) {
    return other.verification().assurance() == Assurance.BODY_SIGNED
        && new Verifier(other.verification()).verify(captured.request(), captured.secrets(), now)
            instanceof Verdict.Verified;
  }

  private void printSteps(List<String> steps) {
    out.println(
        "  provider: %s (%s)"
            .formatted(source.provider().name(), source.provider().verification().summary()));
    out.println("  judged at: " + now);
    out.println("  body: " + body());
    captured.secrets().forEach(secret -> out.println("  " + describe(secret)));
    steps.forEach(step -> out.println("  " + step));
  }

  private String body() {
    byte[] body = captured.request().body();
    boolean breaks = body.length > 0 && body[body.length - 1] == '\n';
    return body.length + " bytes" + (breaks ? ", the last a line feed" : "");
  }

  private String describe(Secret secret) {
    return "secret %s: %d characters, %s"
        .formatted(
            secret.reference(),
            secret.value().length(),
            secret.isActive(now) ? "active" : "not active at this time");
  }
}
