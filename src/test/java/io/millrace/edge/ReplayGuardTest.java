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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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

    assertThat(count("refused")).isZero();
  }

  @Test
  void refusesSignedBytesThatComeAgainAsAnotherEvent() {
    var github = source("code", "github");
    say(github, "body", Map.of("X-GitHub-Delivery", "1", "X-GitHub-Event", "issues")).settle(true);

    for (var other :
        List.of(
            Map.of("X-GitHub-Delivery", "2", "X-GitHub-Event", "issues"),
            Map.of("X-GitHub-Delivery", "1", "X-GitHub-Event", "repository"),
            Map.of("X-GitHub-Delivery", "2", "X-GitHub-Event", "repository"),
            Map.of("X-GitHub-Event", "issues"),
            Map.of("X-GitHub-Delivery", "1"))) {
      assertRefused(Reason.REPLAYED, () -> say(github, "body", other));
    }
    assertThat(count("refused")).isEqualTo(5);
  }

  @Test
  void letsARetryWithTheSameIdAndTypePass() {
    var github = source("code", "github");
    Map<String, String> said = Map.of("X-GitHub-Delivery", "1", "X-GitHub-Event", "issues");
    say(github, "body", said).settle(false);
    say(github, "body", Map.of("X-GitHub-Delivery", "9", "X-GitHub-Event", "issues")).settle(false);
    say(github, "body", said).settle(true);
    say(github, "body", said).settle(false);

    say(github, "body", said).settle(true);
    say(github, "another body", Map.of("X-GitHub-Delivery", "2")).settle(true);

    assertRefused(Reason.REPLAYED, () -> say(github, "body", Map.of("X-GitHub-Delivery", "2")));
  }

  @Test
  void aFailureDoesNotUndoAnotherAttemptThatWasStored() {
    var github = source("code", "github");
    var first = say(github, "body", Map.of("X-GitHub-Delivery", "1"));
    say(github, "body", Map.of("X-GitHub-Delivery", "1")).settle(true);
    first.settle(false);

    assertRefused(Reason.REPLAYED, () -> say(github, "body", Map.of("X-GitHub-Delivery", "2")));
  }

  @Test
  void letsOneBodyComeUnderTheTypesOfASenderThatDoesThisButNeverAsADeletion() {
    var shop = source("shop", "shopify");
    say(shop, "body", topic("orders/updated", "1")).settle(true);
    say(shop, "body", topic("orders/paid", "1")).settle(true);
    say(shop, "body", topic("orders/fulfilled", "2")).settle(true);

    assertRefused(Reason.REPLAYED, () -> say(shop, "body", topic("orders/delete", "3")));
    assertRefused(Reason.REPLAYED, () -> say(shop, "body", topic("orders/paid", "3")));
    assertRefused(Reason.REPLAYED, () -> say(shop, "body", topic("ORDERS/PAID", "3")));
    say(shop, "gone", topic("orders/delete", "4")).settle(true);
    say(shop, "gone", topic("orders/delete", "4")).settle(true);
    assertRefused(Reason.REPLAYED, () -> say(shop, "gone", topic("orders/create", "4")));
  }

  @Test
  void limitsTheTypesOfOneBody() {
    var shop = source("shop", "shopify");
    for (int type = 0; type < 8; type++) {
      say(shop, "body", topic("orders/" + type, "1")).settle(true);
    }

    assertRefused(Reason.REPLAYED, () -> say(shop, "body", topic("orders/8", "1")));
  }

  @Test
  void ignoresAHeaderThatOnlyCountsWhereTheBodySaysNothing() {
    var plain = source("plain", "generic-hmac");
    say(plain, "body", Map.of("X-Request-Id", "of a proxy")).settle(true);

    say(plain, "body", Map.of("X-Request-Id", "of the same proxy, for a retry")).settle(true);

    assertThat(registry.get("millrace.edge.replay.remembered").gauge().value()).isZero();
  }

  /** What is accepted of some signed bytes is one event of each type, whatever comes when. */
  @Test
  void acceptsOneEventOfSomeBytesWhateverComesAgain() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    var github = source("code", "github");
    var roomy = new ReplayGuard(new ReplaySettings(1000, Duration.ofDays(30)), registry, clock);
    Map<String, String> accepted = new HashMap<>();
    for (int round = 0; round < 5000; round++) {
      String body = "body " + random.nextInt(40);
      String said = random.nextInt(3) + "/" + random.nextInt(3);
      boolean stored = random.nextBoolean();
      boolean passes;
      try {
        roomy
            .reserve(
                github,
                Optional.of(signed(body)),
                request(
                    body,
                    Map.of(
                        "X-GitHub-Delivery", said.substring(0, 1),
                        "X-GitHub-Event", said.substring(2))),
                clock.instant())
            .settle(stored);
        passes = true;
      } catch (ProblemException refused) {
        passes = false;
      }
      assertThat(passes)
          .as("seed %d, round %d", seed, round)
          .isEqualTo(accepted.getOrDefault(body, said).equals(said));
      if (passes && stored) {
        accepted.put(body, said);
      }
    }
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

  private ReplayGuard.Reservation say(
      ConnectedSource source, String signed, Map<String, String> headers) {
    return guard.reserve(
        source, Optional.of(signed(signed)), request(signed, headers), clock.instant());
  }

  private static SignedText signed(String text) {
    return new SignedText(SignedText.fingerprint(text.getBytes(UTF_8)), Optional.empty());
  }

  private static Map<String, String> topic(String topic, String id) {
    return Map.of("X-Shopify-Topic", topic, "X-Shopify-Event-Id", id);
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
    return request(body, Map.of());
  }

  private static SignedRequest request(String body, Map<String, String> headers) {
    Headers.Builder all = new Headers.Builder();
    headers.forEach(all::add);
    return new SignedRequest(
        "POST", "https://hooks.example.com/in/x", all.build(), body.getBytes(UTF_8));
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
