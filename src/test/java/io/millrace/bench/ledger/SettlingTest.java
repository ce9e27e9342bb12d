package io.millrace.bench.ledger;

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
    assertThat(progress).hasSize(2);
    assertThat(progress.get(0)).matches("waiting: 1 event is missing; \\d+ s so far, at most 60 s");
    assertThat(progress.get(1)).startsWith("waiting for the flow to note what it has read; ");
  }

  @Test
  void saysWhatIsWaitedForAndHowMuchOfItIsThere() throws Exception {
    Figure holds = Figure.equal("events raised by Millrace, each once", 3, 3);
    Figure open = Figure.equal("warehouse events_ordered = committed", 4015, 3204);
    Iterator<LedgerReport> looks =
        List.of(
                open(Figure.equal(TopicFigures.ACCEPTED, 4309, 4197), open),
                open(holds, Figure.equal(TopicFigures.BATCHED, 2010, 1900)),
                open(holds, open),
                GOOD)
            .iterator();

    settling(Duration.ofMinutes(1), Duration.ofMinutes(1))
        .await(looks::next, List::of, progress::add);

    assertThat(progress)
        .extracting(text -> text.split(";", 2)[0])
        .containsExactly(
            "waiting for events that wait for those before them: 4197 of 4309",
            "waiting for the last minute of engagement to close, events in batches: 1900 of 2010",
            "waiting for warehouse events_ordered, rows: 3204 of 4015");
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

  private static LedgerReport open(Figure... balances) {
    return new LedgerReport(
        "r1", Map.of(), Map.of(), List.of(), List.of(), List.of(balances), List.of("x"), List.of());
  }

  private static LedgerReport report(List<String> mismatches) {
    return new LedgerReport(
        "r1", Map.of(), Map.of(), List.of(), List.of(), List.of(), mismatches, List.of());
  }
}
