package io.millrace.bench.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.sample.SampleBook;
import io.millrace.bench.sample.SampleBooks;
import io.millrace.bench.sender.Outgoing;
import io.millrace.bench.sender.Signers;
import io.millrace.bench.sender.SigningKeys;
import io.millrace.bench.simulator.life.Run;
import io.millrace.bench.simulator.plan.FaultRates;
import io.millrace.bench.simulator.plan.RequestKind;
import io.millrace.event.Delivery;
import io.millrace.event.Event;
import io.millrace.event.FieldProblem;
import io.millrace.model.Reason;
import io.millrace.normalize.NormalizeRules;
import io.millrace.normalize.Normalized;
import io.millrace.normalize.Normalizer;
import io.millrace.normalize.field.FieldRules;
import io.millrace.normalize.testing.TestIds;
import io.millrace.provider.Catalogue;
import io.millrace.provider.Provider;
import io.millrace.source.Source;
import io.millrace.verify.Headers;
import io.millrace.verify.Secret;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.Verdict;
import io.millrace.verify.Verifier;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the simulator posts for every entry of the catalogue, judged by what receives it. */
@ParameterizedClass(name = "{0}")
@MethodSource("names")
class EverySampleTest {
  private static final Catalogue CATALOGUE = Catalogue.bundled();
  private static final NormalizeRules RULES =
      TestIds.rules(FieldRules.load(Path.of("topology", "rules")));
  private static final Instant START = Instant.parse("2026-03-01T12:00:00.123Z");
  private static final int REQUESTS = 120;

  /** Senders without any id of an event: content alone never makes two events one. */
  private static final Set<String> WITHOUT_IDS = Set.of("apollo");

  private static final String URL = "https://hooks.example.com/in/tested";

  private final Provider provider;
  private final SigningKeys keys;
  private final Run run;

  EverySampleTest(String name) {
    this.provider = CATALOGUE.find(name).orElseThrow();
    this.keys = SigningKeys.draw(name);
    this.run = Run.ofSeed(new Random().nextInt(1_000_000), REQUESTS, START);
  }

  static List<String> names() {
    return CATALOGUE.all().stream().map(Provider::name).toList();
  }

  @Test
  void verifiesAndBecomesWhatItsTemplatesSay() {
    var ids = new HashMap<String, Event>();
    var seen = new HashSet<String>();
    var now = START;
    var sender = sender(FaultRates.ofOneSource(0, 0.1, 0));

    for (var request = 0; request < REQUESTS; request++) {
      now = now.plusMillis(211);
      var post = sender.next(now);
      var events = events(post.request(), now);

      assertThat(events).as(seed()).extracting(Event::getEventType).isEqualTo(post.becomes());
      for (var event : events) {
        seen.add(event.getEventType());
        assertThat(ids.put(event.getEventId(), event)).as("%s, %s", seed(), event).isNull();
        assertThat(Duration.between(event.getOccurredAt(), now).abs())
            .as("%s, %s", seed(), event)
            .isLessThan(Duration.ofMinutes(1));
        assertThat(event.getRecord().getId()).as("%s, %s", seed(), event).isNotBlank();
        // What the fields are meant to hold must not find fault with what senders usually send.
        assertThat(event.getMetadata().getProblems())
            .as("%s, %s", seed(), event)
            .extracting(FieldProblem::getKind)
            .isSubsetOf("atLeastOne");
      }
    }
    assertThat(seen).as(seed()).containsExactlyInAnyOrderElementsOf(book().types());
  }

  @Test
  void isTheSameEventWhenItIsSentAgainIfItHasAnId() {
    var now = START;
    var sender = sender(FaultRates.ofOneSource(0.3, 0, 0));
    Set<String> ids = new HashSet<>();
    var again = 0;

    for (var request = 0; request < REQUESTS; request++) {
      now = now.plusMillis(211);
      var post = sender.next(now);
      var fresh = new ArrayList<String>();
      events(post.request(), now).forEach(event -> fresh.add(event.getEventId()));
      if (post.kind() == RequestKind.GENUINE) {
        ids.addAll(fresh);
      } else {
        again++;
        assertSame(ids, fresh);
      }
    }
    assertThat(again).as(seed()).isGreaterThan(REQUESTS / 10);
  }

  private void assertSame(Set<String> before, List<String> again) {
    if (WITHOUT_IDS.contains(provider.name())) {
      assertThat(before).as(seed()).doesNotContainAnyElementsOf(again);
    } else {
      assertThat(before).as(seed()).containsAll(again);
    }
  }

  @Test
  void isRefusedForTheReasonItIsForgedFor() {
    var now = START;
    var sender = sender(FaultRates.ofOneSource(0, 0, 1));
    Map<RequestKind, Optional<Reason>> answers = new HashMap<>();

    for (var request = 0; request < 25; request++) {
      now = now.plusMillis(211);
      var post = sender.next(now);
      answers.put(post.kind(), post.refusal());

      assertThat(refusal(post.request(), now))
          .as("%s, %s", seed(), post.kind())
          .isEqualTo(post.refusal());
    }
    if (provider.verification().needsSecret()) {
      assertThat(answers).as(seed()).containsKey(RequestKind.WRONG_SECRET);
    }
  }

  private SampleSender sender(FaultRates rates) {
    var signer = Signers.of(provider.name(), keys.signing());
    var stranger = Signers.of(provider.name(), SigningKeys.draw(provider.name()).signing());
    return new SampleSender(book(), signer, stranger, URL, run, rates);
  }

  private SampleBook book() {
    return SampleBooks.find(provider.name()).orElseThrow();
  }

  private String seed() {
    return "seed " + run.seed();
  }

  private Optional<Reason> refusal(Outgoing request, Instant now) {
    return switch (judged(request, now)) {
      case Verdict.Verified verified -> Optional.empty();
      case Verdict.Refused refused -> Optional.of(refused.reason());
    };
  }

  private Verdict judged(Outgoing request, Instant now) {
    var secret = new Secret("env:SECRET", keys.verifying(), Optional.empty(), Optional.empty());
    return new Verifier(provider.verification()).verify(received(request), List.of(secret), now);
  }

  private List<Event> events(Outgoing request, Instant now) {
    assertThat(judged(request, now))
        .as("%s: %s %s", seed(), request, request.headers())
        .isInstanceOf(Verdict.Verified.class);
    return Normalizer.normalize(source(), RULES, delivery(request, now), 0, 0).stream()
        .map(
            normalized ->
                switch (normalized) {
                  case Normalized.Event event -> event.event();
                  case Normalized.Refused refused ->
                      throw new AssertionError(seed() + ": " + refused.deadLetter());
                  case Normalized.Nothing nothing ->
                      throw new AssertionError(seed() + ": " + nothing);
                })
        .toList();
  }

  private Source source() {
    return Source.unconfigured("tested", provider);
  }

  private static SignedRequest received(Outgoing request) {
    Map<String, List<String>> headers = new HashMap<>();
    request.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    return new SignedRequest(request.method(), request.url(), Headers.of(headers), request.body());
  }

  private static Delivery delivery(Outgoing request, Instant now) {
    return Delivery.newBuilder()
        .setDeliveryId("d-" + now.toEpochMilli())
        .setSource("tested")
        .setReceivedAt(now)
        .setMethod(request.method())
        .setUrl(request.url())
        .setHeaders(received(request).headers().asMap())
        .setBody(ByteBuffer.wrap(request.body()))
        .setRemoteAddress("127.0.0.1")
        .setAssurance("BODY_SIGNED")
        .build();
  }
}
