package io.millrace.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.edge.admit.ConnectedSource;
import io.millrace.edge.testing.ManualClock;
import io.millrace.edge.testing.OneSource;
import io.millrace.edge.wire.ProblemException;
import io.millrace.edge.wire.ReplaySettings;
import io.millrace.model.Reason;
import io.millrace.verify.Headers;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.SignedText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayGuardTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final String SECRETS = "secrets: [{ref: env:SECRET}]\n";

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock(START);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ReplayGuard guard =
      new ReplayGuard(new ReplaySettings(3, Duration.ofDays(30)), registry, clock);
  private ConnectedSource mail;
  private ConnectedSource forms;

  @BeforeEach
  void connect() {
    mail = source("mail", "mailgun");
    forms = source("forms", "typeform");
  }

  private ConnectedSource source(String name, String provider) {
    return ConnectedSource.of(OneSource.of(folder, name, "provider: " + provider + "\n" + SECRETS));
  }

  @Test
  void refusesATokenThatComesAgainWithAnotherBody() {
    pass(mail, "token", "genuine").settle(true);

    assertRefused(Reason.REPLAYED, () -> pass(mail, "token", "forged"));
    assertThat(count("refused")).isEqualTo(1);
  }

  @Test
  void refusesItAlsoWhileTheFirstIsStillOnItsWay() {
    pass(mail, "token", "genuine");

    assertRefused(Reason.REPLAYED, () -> pass(mail, "token", "forged"));
  }

  @Test
  void letsARetryPassWhetherTheFirstAttemptWasStoredOrNot() {
    pass(mail, "stored", "body").settle(true);
    pass(mail, "lost", "body").settle(false);

    pass(mail, "stored", "body").settle(true);
    pass(mail, "lost", "body").settle(true);

    assertThat(count("repeated")).isEqualTo(1);
    assertRefused(Reason.REPLAYED, () -> pass(mail, "lost", "forged"));
  }

  @Test
  void forgetsATokenWhoseDeliveryWasNotStored() {
    pass(mail, "token", "one").settle(false);

    pass(mail, "token", "other").settle(true);

    assertRefused(Reason.REPLAYED, () -> pass(mail, "token", "one"));
  }

  @Test
  void aFailedRetryDoesNotUndoWhatWasStored() {
    pass(mail, "token", "body").settle(true);

    pass(mail, "token", "body").settle(false);

    assertRefused(Reason.REPLAYED, () -> pass(mail, "token", "forged"));
  }

  @Test
  void knowsTheTokensOfEachSourceByThemselves() {
    pass(mail, "token", "genuine").settle(true);

    pass(source("post", "mailgun"), "token", "another").settle(true);

    assertThat(registry.get("millrace.edge.replay.remembered").gauge().value()).isEqualTo(2);
  }

  @Test
  void refusesABodyOnceTheFlowHasForgottenItsEvents() {
    pass(forms, "body", "body").settle(true);
    clock.advance(Duration.ofDays(3));
    pass(forms, "body", "body").settle(true);

    clock.advance(Duration.ofMillis(1));

    assertRefused(Reason.REPLAYED, () -> pass(forms, "body", "body"));
  }

  @Test
  void passesRepeatsThatMayBeNewDeliveriesHoweverLateTheyCome() {
    for (var provider : new String[] {"github", "attio", "generic-hmac"}) {
      var source = source(provider, provider);
      pass(source, "body", "body").settle(true);
      clock.advance(Duration.ofDays(20));
      pass(source, "body", "body").settle(true);
    }

    assertThat(count("repeated")).isZero();
  }

  @Test
  void refusesATimeThatIsSignedAndFurtherAwayThanARepeatIsKnown() {
    var window = Duration.ofDays(3);

    passSignedAt(mail, START.minus(window));
    passSignedAt(mail, START.plus(window));

    assertRefused(Reason.STALE, () -> passSignedAt(mail, START.minus(window).minusMillis(1)));
    assertRefused(Reason.STALE, () -> passSignedAt(mail, START.plus(window).plusMillis(1)));
  }

  @Test
  void asksNothingOfASenderThatSignsNothing() {
    var keys = source("keys", "api-key");

    guard.reserve(keys, Optional.empty(), request("same"), START).settle(true);
    guard.reserve(keys, Optional.empty(), request("same"), START).settle(true);

    assertThat(registry.get("millrace.edge.replay.remembered").gauge().value()).isZero();
  }

  @Test
  void countsWhatItHasNoRoomFor() {
    for (var token : new String[] {"1", "2", "3", "4"}) {
      pass(mail, token, "genuine").settle(true);
    }

    pass(mail, "1", "forged").settle(true);

    assertThat(registry.get("millrace.edge.replay.forgotten").counter().count()).isEqualTo(2);
    assertRefused(Reason.REPLAYED, () -> pass(mail, "4", "forged"));
  }

  private ReplayGuard.Reservation pass(ConnectedSource source, String signed, String body) {
    return guard.reserve(
        source,
        Optional.of(
            new SignedText(SignedText.fingerprint(signed.getBytes(UTF_8)), Optional.empty())),
        request(body),
        clock.instant());
  }

  private void passSignedAt(ConnectedSource source, Instant time) {
    guard
        .reserve(
            source,
            Optional.of(new SignedText("fingerprint", Optional.of(time))),
            request("body"),
            START)
        .settle(true);
  }

  private static SignedRequest request(String body) {
    return new SignedRequest(
        "POST", "https://hooks.example.com/in/x", Headers.of(Map.of()), body.getBytes(UTF_8));
  }

  private double count(String outcome) {
    return registry.find("millrace.edge.replays").tag("outcome", outcome).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().reason()).isEqualTo(reason));
  }
}
