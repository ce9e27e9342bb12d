package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.edge.admit.ConnectedSources;
import io.millrace.edge.testing.ManualClock;
import io.millrace.edge.testing.OneSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class SecretWatchTest {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final SecretUses uses = new SecretUses(registry, clock);
  private final Logger logger = (Logger) LoggerFactory.getLogger(SecretWatch.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  @Test
  void showsOverlapExpiryAndUse() {
    var watch = watch("[{ref: env:OLD, notAfter: 2026-03-01T13:00:00Z}, {ref: env:NEW}]");
    uses.used("billing", "env:NEW", clock.instant());
    watch.look();
    assertThat(gauge("millrace.edge.secrets.active")).isEqualTo(2);
    assertThat(gauge("millrace.edge.secret.expiry", "env:OLD")).isEqualTo(3600);
    assertThat(registry.find("millrace.edge.secret.expiry").tag("secret", "env:NEW").gauge())
        .isNull();

    clock.advance(Duration.ofHours(2));

    assertThat(gauge("millrace.edge.secrets.active")).isEqualTo(1);
    assertThat(gauge("millrace.edge.secret.expiry", "env:OLD")).isEqualTo(-3600);
    assertThat(gauge("millrace.edge.secret.last.use.age", "env:NEW")).isEqualTo(7200);
    assertThat(registry.get("millrace.edge.secret.uses").counter().count()).isEqualTo(1);
  }

  @Test
  void marksTheUnusedOne() {
    var watch = watch("[{ref: env:OLD}, {ref: env:NEW}]");
    clock.advance(DAY);
    uses.used("billing", "env:NEW", clock.instant());

    watch.look();

    assertThat(gauge("millrace.edge.secret.unused", "env:OLD")).isEqualTo(1);
    assertThat(gauge("millrace.edge.secret.unused", "env:NEW")).isZero();
  }

  @Test
  void forgetsTheFiguresOfASourceThatIsGone() {
    var sources = new ConnectedSources(OneSource.all(folder, "a", secrets("[{ref: env:ONE}]")));
    var watch = new SecretWatch(sources, uses, DAY, registry, clock);
    watch.look();
    assertThat(registry.find("millrace.edge.secret.unused").gauges()).hasSize(1);

    folder.resolve("a.yaml").toFile().delete();
    sources.replace(OneSource.all(folder, "b", secrets("[{ref: env:TWO}]")));
    watch.look();

    assertThat(registry.find("millrace.edge.secret.unused").gauges())
        .extracting(gauge -> gauge.getId().getTag("source"))
        .containsExactly("b");
  }

  @Test
  void saysAFindingAtOnceAndThenOnceADayAndNeverTheSecret() {
    var watch = watch("[{ref: env:OLD, notAfter: 2026-03-01T12:00:00Z}]");

    watch.look();
    watch.look();
    assertThat(lines.list).hasSize(1);
    clock.advance(DAY);
    watch.look();

    assertThat(lines.list)
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line.getFormattedMessage())
                    .contains("source billing", "env:OLD")
                    .doesNotContain("value of"));
  }

  private double gauge(String name, String secret) {
    return registry.get(name).tag("source", "billing").tag("secret", secret).gauge().value();
  }

  private double gauge(String name) {
    return registry.get(name).tag("source", "billing").gauge().value();
  }

  private SecretWatch watch(String secrets) {
    return new SecretWatch(
        new ConnectedSources(OneSource.all(folder, "billing", secrets(secrets))),
        uses,
        DAY,
        registry,
        clock);
  }

  private static String secrets(String secrets) {
    return "provider: stripe\nsecrets: " + secrets + "\n";
  }
}
