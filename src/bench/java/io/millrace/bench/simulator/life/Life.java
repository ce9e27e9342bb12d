package io.millrace.bench.simulator.life;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of one customer in one source, in the order they happened. Every record is written by
 * one source only, because a plan cannot guarantee an order of arrival between sources.
 */
final class Life {
  /** Records change between three days before the run and shortly before its engagement begins. */
  private static final Duration RECORDS_SINCE = Duration.ofDays(3);

  private static final Duration ENGAGED_SINCE = Duration.ofMinutes(8);

  private final Run run;
  private final Dice dice;
  private final List<SimulatedEvent> events = new ArrayList<>();
  private Instant now;

  Life(Run run, Dice dice) {
    this.run = run;
    this.dice = dice;
    this.now = run.startedAt().minus(RECORDS_SINCE).plusSeconds(dice.between(0, 7_200));
  }

  Run run() {
    return run;
  }

  Dice dice() {
    return dice;
  }

  /** Advances by one to ninety minutes, so that no two events of a record have the same time. */
  Instant later() {
    now = now.plusSeconds(dice.between(60, 5_400));
    return now;
  }

  /**
   * A moment in the minutes before the run, in whole seconds, because some senders truncate times.
   */
  Instant lately() {
    int seconds = Math.toIntExact(ENGAGED_SINCE.toSeconds());
    return run.startedAt().minusSeconds(dice.between(5, seconds));
  }

  void add(SimulatedEvent event) {
    events.add(event);
  }

  List<SimulatedEvent> events() {
    return List.copyOf(events);
  }
}
