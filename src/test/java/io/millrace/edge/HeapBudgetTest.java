package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.edge.testing.EdgeFixture;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HeapBudgetTest {
  private static final long MEGABYTE = 1024L * 1024;

  @Test
  void leavesLimitsThatFitAlone() {
    var settings = EdgeFixture.settings(Map.of("edge.body.limit", "1 MB"));

    var fitted = HeapBudget.fit(settings, 2048 * MEGABYTE);

    assertThat(fitted.isScaled()).isFalse();
    assertThat(fitted.settings()).isEqualTo(settings);
  }

  @Test
  void lowersLimitsThatDoNotFitAllAlike() {
    var settings = EdgeFixture.settings(Map.of("edge.body.limit", "1 MB"));

    var fitted = HeapBudget.fit(settings, 512 * MEGABYTE);

    var limits = fitted.settings().network().limits();
    assertThat(fitted.isScaled()).isTrue();
    assertThat(fitted.needed()).isBetween(600 * MEGABYTE, 800 * MEGABYTE);
    assertThat(limits.connections()).isBetween(5_000, 9_000);
    assertThat(limits.requests()).isBetween(500, 900);
    assertThat(limits.bodyBytes() / MEGABYTE).isBetween(32L, 57L);
    assertThat(HeapBudget.fit(fitted.settings(), 513 * MEGABYTE).isScaled()).isFalse();
  }

  @Test
  void countsConnectionsWithTlsForMore() {
    var plain = EdgeFixture.settings(Map.of());
    var secure =
        EdgeFixture.settings(Map.of("edge.tls.certificate", "a.crt", "edge.tls.key", "a.key"));

    assertThat(HeapBudget.fit(secure, 2048 * MEGABYTE).needed())
        .isGreaterThan(HeapBudget.fit(plain, 2048 * MEGABYTE).needed() + 300 * MEGABYTE);
  }

  @Test
  void refusesAHeapThatIsTooSmallForAnything() {
    var settings = EdgeFixture.settings(Map.of("edge.body.limit", "7 MB"));

    assertThatThrownBy(() -> HeapBudget.fit(settings, 200 * MEGABYTE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The heap of 200 MB is too small")
        .hasMessageContaining("-Xmx");
  }
}
