package io.millrace.audit.testing;

import io.millrace.event.Delivery;
import io.millrace.event.Erasure;
import io.millrace.event.Event;
import io.millrace.event.PersonIdentity;
import io.millrace.flow.testing.TestIdentifiers;
import io.millrace.normalize.Normalized;
import java.time.Instant;
import java.util.List;

/** People who are named by their e-mail addresses. */
public final class TestPeople {
  private TestPeople() {}

  /** Normalizes as usual, and names the identifiers of people. */
  public static List<Normalized> naming(Delivery delivery, int partition, long offset) {
    return TestAudit.NORMALIZER.normalize(delivery, partition, offset).stream()
        .map(part -> part instanceof Normalized.Event found ? named(found.event()) : part)
        .toList();
  }

  private static Normalized named(Event event) {
    return new Normalized.Event(
        event
            .getPerson()
            .flatMap(PersonIdentity::getEmail)
            .map(email -> TestIdentifiers.naming(event, TestIdentifiers.email(email)))
            .orElse(event));
  }

  /** The erasure of an e-mail address. */
  public static Erasure erasure(String email) {
    return new Erasure(
        TestIdentifiers.email(email).getId(), "email", "E-1", Instant.EPOCH, "an officer", "");
  }
}
