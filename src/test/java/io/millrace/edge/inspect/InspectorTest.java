package io.millrace.edge.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.setting.Settings;
import io.millrace.edge.admit.ConnectedSource;
import io.millrace.edge.wire.InspectorSettings;
import io.millrace.normalize.mapping.Mapping;
import io.millrace.provider.Catalogue;
import io.millrace.provider.Provider;
import io.millrace.source.Source;
import io.millrace.verify.Headers;
import io.millrace.verify.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class InspectorTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private static final Provider PROVIDER = Catalogue.bundled().find("generic-hmac").orElseThrow();

  private final Hands clock = new Hands();

  @Test
  void keepsTheLastOfEachSource() {
    Inspector inspector = inspector(new InspectorSettings(2, 1_000_000, Duration.ofHours(1)));

    keep(inspector, "billing", 1, 10);
    keep(inspector, "forms", 2, 10);
    keep(inspector, "billing", 3, 10);
    keep(inspector, "billing", 4, 10);

    assertThat(statuses(inspector)).containsExactly(4, 3, 2);
  }

  @Test
  void keepsRequestsToUnknownSourcesTogether() {
    Inspector inspector = inspector(new InspectorSettings(2, 1_000_000, Duration.ofHours(1)));

    for (int status = 1; status <= 5; status++) {
      InspectedRequest request = request(Optional.empty(), status, new byte[0]);
      inspector.keep(number -> numbered(request, number));
    }

    assertThat(statuses(inspector)).containsExactly(5, 4);
    assertThat(inspector.newestFirst()).allMatch(it -> it.summary().source().equals("-"));
  }

  @Test
  void letsABusySourceMakeRoomForItsOwn() {
    Inspector inspector = inspector(new InspectorSettings(1000, 10_000, Duration.ofHours(1)));

    keep(inspector, "forms", 1, 1000);
    for (int status = 2; status < 100; status++) {
      keep(inspector, "billing", status, 1000);
    }

    assertThat(statuses(inspector)).contains(1, 99).hasSizeLessThan(8);
    assertThat(inspector.bytes()).isLessThanOrEqualTo(10_000);
  }

  @Test
  void forgetsWhatIsOld() {
    Inspector inspector = inspector(new InspectorSettings(10, 100_000, Duration.ofMinutes(10)));
    keep(inspector, "billing", 1, 10);
    clock.now = START.plus(Duration.ofMinutes(9));
    keep(inspector, "billing", 2, 10);

    clock.now = START.plus(Duration.ofMinutes(11));

    assertThat(statuses(inspector)).containsExactly(2);
    clock.now = START.plus(Duration.ofHours(1));
    assertThat(statuses(inspector)).isEmpty();
    assertThat(inspector.bytes()).isZero();
  }

  @Test
  void keepsNothingWhenOff() {
    for (InspectorSettings off :
        List.of(
            new InspectorSettings(0, 1000, Duration.ofHours(1)),
            new InspectorSettings(10, 0, Duration.ofHours(1)),
            new InspectorSettings(10, 1000, Duration.ZERO))) {
      Inspector inspector = inspector(off);
      keep(inspector, "billing", 1, 10);

      assertThat(statuses(inspector)).isEmpty();
    }
  }

  @Test
  void failsNoDelivery() {
    Inspector inspector = inspector(Settings.defaults(InspectorSettings.class));

    inspector.keep(
        number -> {
          throw new IllegalStateException("cannot be kept");
        });

    assertThat(statuses(inspector)).isEmpty();
  }

  @Test
  void staysWithinItsMemoryWhateverComes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    InspectorSettings settings = new InspectorSettings(20, 200_000, Duration.ofMinutes(5));
    Inspector inspector = inspector(settings);
    for (int round = 0; round < 5000; round++) {
      clock.now = clock.now.plusMillis(random.nextInt(2000));
      keep(inspector, "source-" + random.nextInt(30), round, random.nextInt(60_000));

      assertThat(inspector.bytes()).as("seed %d, round %d", seed, round).isBetween(0L, 200_000L);
    }
    assertThat(inspector.newestFirst().mapToInt(it -> it.summary().status()))
        .as("seed %d", seed)
        .isSortedAccordingTo((one, other) -> other - one)
        .isNotEmpty();
  }

  @Test
  void masksASecretThatWasTakenAwaySince() {
    Inspector inspector = inspector(Settings.defaults(InspectorSettings.class));
    InspectedRequest request =
        request(Optional.of(source("billing")), 1, "the old one: yesterdays-key".getBytes(UTF_8));

    inspector.keep(number -> numbered(request, number));

    assertThat(inspector.newestFirst().map(it -> new String(it.content().get().body(), UTF_8)))
        .containsExactly("the old one: ***");
  }

  private Inspector inspector(InspectorSettings settings) {
    return new Inspector(settings, clock, () -> Stream.of("todays-key"));
  }

  private void keep(Inspector inspector, String source, int status, int bytes) {
    InspectedRequest request = request(Optional.of(source(source)), status, new byte[bytes]);
    inspector.keep(number -> numbered(request, number));
  }

  private static List<Integer> statuses(Inspector inspector) {
    return inspector.newestFirst().map(it -> it.summary().status()).toList();
  }

  private static ConnectedSource source(String name) {
    return ConnectedSource.of(
        new Source(
            name,
            PROVIDER,
            name,
            false,
            Optional.empty(),
            List.of(new Secret("env:KEY", "yesterdays-key", Optional.empty(), Optional.empty())),
            List.of(),
            Optional.empty(),
            false,
            false,
            Duration.ofDays(3),
            Optional.empty(),
            Mapping.none(),
            Optional.empty(),
            Optional.empty()));
  }

  private InspectedRequest request(Optional<ConnectedSource> source, int status, byte[] body) {
    return new InspectedRequest(
        0,
        source,
        "http://localhost/in/x",
        Optional.empty(),
        Headers.of(Map.of()),
        body,
        new InspectedDelivery.Summary(
            source.map(ConnectedSource::name).orElse(Inspector.UNKNOWN_SOURCE),
            clock.now,
            "192.0.2.1",
            "POST",
            InspectedDelivery.Result.REFUSED,
            status,
            new InspectedDelivery.Verdict(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
            Optional.empty(),
            body.length,
            false));
  }

  private static InspectedRequest numbered(InspectedRequest it, long number) {
    return new InspectedRequest(
        number, it.connected(), it.url(), it.pathToken(), it.headers(), it.body(), it.summary());
  }

  /** A clock that is set by hand. */
  private static final class Hands extends Clock {
    private Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
