package io.millrace.stack.simulator;

import java.time.Instant;

/**
 * Something to be seen on events-ordered.
 *
 * @param subject the record
 * @param occurredAt the time of the event, which no other event of the record shares
 */
public record Sighting(Subject.OfRecord subject, Instant occurredAt) {}
