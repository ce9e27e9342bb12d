package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.edge.testing.ManualClock;
import io.millrace.edge.testing.OneSource;
import io.millrace.source.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretFindingTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock(START);
  private final SecretUses uses = new SecretUses(new SimpleMeterRegistry(), clock);

  @Test
  void hasNothingToSayAboutOneSecretThatLasts() {
    assertThat(find(source("[{ref: env:ONE}]"))).isEmpty();
  }

  @Test
  void saysWhichSourceHasNoActiveSecretAndWhy() {
    var source =
        source(
            "[{ref: env:OLD, notAfter: 2026-03-01T12:00:00Z},"
                + " {ref: env:NEW, notBefore: 2026-03-02T00:00:00Z}]");

    assertThat(find(source))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(SecretFinding.Kind.NONE_ACTIVE);
              assertThat(finding.text())
                  .contains("source billing", "env:OLD ends 2026-03-01T12:00:00Z")
                  .contains("env:NEW begins 2026-03-02T00:00:00Z");
            });
  }

  @Test
  void announcesAnEndAWeekAhead() {
    var source = source("[{ref: env:ONE, notAfter: 2026-03-09T12:00:00Z}]");
    assertThat(find(source)).isEmpty();

    clock.advance(DAY);

    assertThat(kinds(source)).containsExactly(SecretFinding.Kind.EXPIRES_SOON);
  }

  @Test
  void announcesNoEndThatASuccessorIsReadyFor() {
    assertThat(
            find(
                source(
                    "[{ref: env:OLD, notAfter: 2026-03-03T00:00:00Z},"
                        + " {ref: env:NEW, notBefore: 2026-03-02T00:00:00Z}]")))
        .isEmpty();
  }

  @Test
  void reportsTheSecretThatIsNotUsedWhileAnotherIs() {
    var source = source("[{ref: env:OLD}, {ref: env:NEW}]");
    clock.advance(DAY);
    assertThat(find(source)).isEmpty();

    uses.used("billing", "env:NEW", clock.instant());

    assertThat(find(source))
        .extracting(SecretFinding::text)
        .singleElement()
        .asString()
        .contains("env:OLD", "billing", "remove it");
  }

  @Test
  void waitsLongEnoughBeforeItCallsASecretUnused() {
    var source = source("[{ref: env:OLD}, {ref: env:NEW, notBefore: 2026-03-02T00:00:00Z}]");
    uses.used("billing", "env:OLD", START);
    clock.advance(DAY.minusMillis(1));
    uses.used("billing", "env:NEW", clock.instant());
    assertThat(find(source)).isEmpty();

    clock.advance(Duration.ofMillis(1));

    assertThat(kinds(source)).containsExactly(SecretFinding.Kind.UNUSED);
  }

  @Test
  void asksForNoSecretWhereNoneIsNeeded() {
    var source = OneSource.of(folder, "network", "provider: unsigned\nallow: [127.0.0.1]\n");

    assertThat(SecretFinding.of(source, uses, DAY, START)).isEmpty();
  }

  private List<SecretFinding> find(Source source) {
    return SecretFinding.of(source, uses, DAY, clock.instant());
  }

  private List<SecretFinding.Kind> kinds(Source source) {
    return find(source).stream().map(SecretFinding::kind).toList();
  }

  private Source source(String secrets) {
    return OneSource.of(folder, "billing", "provider: stripe\nsecrets: " + secrets + "\n");
  }
}
