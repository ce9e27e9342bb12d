package io.millrace.bench.simulator.plan;

import io.millrace.bench.simulator.life.Subject;
import java.time.Instant;

/**
 * An event a request waits for until it is on events-ordered.
 *
 * @param subject the record
 * @param occurredAt the time of the event, which no other event of the record shares
 */
public record AwaitedEvent(Subject.OfRecord subject, Instant occurredAt) {}
