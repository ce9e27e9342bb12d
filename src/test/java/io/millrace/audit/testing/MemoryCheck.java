package io.millrace.audit.testing;

import io.millrace.audit.Accounts;
import io.millrace.audit.AuditScope;
import io.millrace.audit.Discrepancies;
import io.millrace.audit.Fingerprint;
import io.millrace.audit.Outcome;
import io.millrace.audit.OutcomeRecord;
import io.millrace.event.Delivery;
import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.normalize.Normalized;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Measures what a million parts cost. Run it by hand; argument: parts of each delivery. */
final class MemoryCheck {
  private static final int PARTS = 1_000_000;

  private MemoryCheck() {}

  public static void main(String[] arguments) {
    int each = Integer.parseInt(arguments[0]);
    String[] events = new String[each];
    Arrays.fill(events, TestDelivery.lead("e", "L-1", TestDelivery.NOON));
    Delivery delivery = TestDelivery.of("d", TestDelivery.NOON, events);
    List<Normalized> parts = TestAudit.NORMALIZER.normalize(delivery, 0, 0);
    Accounts accounts =
        new Accounts(AuditScope.everything(), source -> Duration.ofDays(3), new Discrepancies(10));
    long before = used();
    Instant start = Instant.now();
    for (int number = 0; number < PARTS / each; number++) {
      Delivery one = Delivery.newBuilder(delivery).setDeliveryId("d-" + number).build();
      accounts.open(one, 0, number, () -> parts);
      for (int index = 0; index < each; index++) {
        Event event = ((Normalized.Event) parts.get(index)).event();
        OutcomeRecord record =
            OutcomeRecord.of(event, Outcome.ORDERED, 0, (long) number * each + index);
        accounts.book(
            new OutcomeRecord(
                record.position(),
                record.source(),
                record.receivedAt(),
                new Lineage("d-" + number, 0, (long) number, index),
                record.identity(),
                Fingerprint.mixed(record.position()),
                record.content(),
                record.comparable(),
                record.first()));
      }
    }
    System.out.printf(
        "%d parts in deliveries of %d: %d MB, %d ms%n",
        PARTS, each, (used() - before) >> 20, Duration.between(start, Instant.now()).toMillis());
    if (!accounts.isSettledBut(Set.of())) {
      throw new IllegalStateException("not all was booked");
    }
  }

  private static long used() {
    for (int time = 0; time < 3; time++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
