package io.millrace.stack.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private static final LedgerReport GOOD = report(List.of());
  private static final LedgerReport BAD = report(List.of("1 event is missing: a"));

  private final List<String> progress = new ArrayList<>();

  @Test
  void endsOnceTheLedgerBalancesAndNothingIsUnderWay() throws Exception {
    Iterator<LedgerReport> looks = List.of(BAD, GOOD, GOOD).iterator();
    Iterator<List<String>> underWay =
        List.of(List.of("lag"), List.of("lag"), List.<String>of()).iterator();

    LedgerReport last =
        settling(Duration.ofMinutes(1), Duration.ofMinutes(1))
            .await(looks::next, underWay::next, progress::add);

    assertThat(last).isEqualTo(GOOD);
    assertThat(progress)
        .containsExactly(
            "1 open (1 event is missing); the last minute closes with the clock",
            "waiting for the last consumers");
  }

  @Test
  void givesUpAtTheDeadline() throws Exception {
    LedgerReport last =
        settling(Duration.ZERO, Duration.ofMinutes(1))
            .await(() -> BAD, () -> List.of("lag"), progress::add);

    assertThat(last).isEqualTo(BAD);
  }

  @Test
  void givesUpWhenAllIsQuietAndNothingCanComeAnyMore() throws Exception {
    LedgerReport last =
        settling(Duration.ofMinutes(1), Duration.ZERO).await(() -> BAD, List::of, progress::add);

    assertThat(last).isEqualTo(BAD);
  }

  private static Settling settling(Duration deadline, Duration quiet) {
    return new Settling(Clock.systemUTC(), deadline, quiet);
  }

  private static LedgerReport report(List<String> mismatches) {
    return new LedgerReport(
        "r1", Map.of(), Map.of(), List.of(), List.of(), List.of(), mismatches, List.of());
  }
}
