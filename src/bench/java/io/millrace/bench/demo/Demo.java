package io.millrace.bench.demo;

import io.millrace.audit.Proof;
import io.millrace.bench.ledger.Ledger;
import io.millrace.bench.ledger.LedgerReport;
import io.millrace.bench.ledger.Observer;
import io.millrace.bench.ledger.OrderedEventsWatch;
import io.millrace.bench.ledger.Sent;
import io.millrace.bench.ledger.Settling;
import io.millrace.bench.ledger.WarehouseTable;
import io.millrace.bench.simulator.DemoSecrets;
import io.millrace.bench.simulator.Pace;
import io.millrace.bench.simulator.Postman;
import io.millrace.bench.simulator.Simulator;
import io.millrace.bench.simulator.journal.Journal;
import io.millrace.bench.simulator.life.SourceNames;
import io.millrace.bench.simulator.plan.FaultRates;
import io.millrace.bench.simulator.plan.Plan;
import io.millrace.bench.simulator.plan.Planner;
import io.millrace.kafka.read.TopicReader;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * One run of the demo against a running system: sends the traffic, waits, and balances the ledger.
 */
public final class Demo {
  private static final int LANES = 8;

  /** How long the edge may be unavailable before the run is aborted (it can be continued). */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration SETTLE_WITHIN = Duration.ofMinutes(3);

  /** Longer than a minute's batch or an idle reorder window holds anything. */
  private static final Duration QUIET = Duration.ofSeconds(90);

  private final DemoSystem system;
  private final DemoSecrets secrets;
  private final Journal journal;
  private final Screen screen;
  private final Clock clock;

  public Demo(DemoSystem system, DemoSecrets secrets, Journal journal, Screen screen, Clock clock) {
    this.system = system;
    this.secrets = secrets;
    this.journal = journal;
    this.screen = screen;
    this.clock = clock;
  }

  /**
   * Sends the rest of the run and balances all of it. The run counts as finished afterwards; if the
   * process ends earlier, the run can be continued.
   */
  public LedgerReport run() throws InterruptedException {
    // One byte above the edge's limit is the smallest body that it must refuse.
    Plan plan =
        new Planner(
                Set.copyOf(SourceNames.all()), LANES, FaultRates.DEMO, system.maxBodyBytes() + 1)
            .plan(journal.run());
    screen.line(
        "%s run %s: seed %d, %d requests with %d events"
            .formatted(
                journal.isResumed() ? "Continuing" : "Starting",
                journal.run().tag(),
                journal.run().seed(),
                plan.requests().size(),
                plan.events()));
    send(plan);
    LedgerReport report = settle(plan);
    journal.finish(clock.instant());
    return report;
  }

  private void send(Plan plan) throws InterruptedException {
    try (OrderedEventsWatch orderedEvents = new OrderedEventsWatch(system.openTopics());
        Postman postman =
            new Postman(system.edge(), secrets.signers(), DemoSecrets.draw().signers(), clock)) {
      Simulator simulator =
          new Simulator(
              plan, journal, postman, orderedEvents, Pace.of(plan.events()), PATIENCE, clock);
      Ticker ticker =
          new Ticker(() -> screen.status(Sending.text(simulator.progress(), clock.instant())));
      try {
        simulator.run();
      } finally {
        ticker.close();
      }
      screen.line(Sending.text(simulator.progress(), clock.instant()));
    }
  }

  private LedgerReport settle(Plan plan) throws InterruptedException {
    Sent sent = new Sent(plan, journal.attempts(), Set.copyOf(journal.unseen()));
    try (TopicReader topics = system.openTopics();
        Proof proof = system.openProof()) {
      Observer observer =
          new Observer(topics, system.counter(), proof, system.warehouse(), WarehouseTable.all());
      return new Settling(clock, SETTLE_WITHIN, QUIET)
          .await(
              () -> Ledger.balance(sent, observer.look(), system::personId),
              system::underWay,
              screen::status);
    }
  }
}
