package io.millrace.audit;

import io.millrace.kafka.read.RecordsByPlace;
import io.millrace.kafka.read.TopicReader;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The topics as the audit reads them.
 *
 * @param events deliveries and all outcomes, committed records only
 * @param held the events that the flow holds
 * @param deliveryEnds one past the current last offset of each partition of deliveries-received
 * @param records reads single records again
 */
public record AuditTopics(
    TopicReader events,
    HeldEvents held,
    Supplier<Map<Integer, Long>> deliveryEnds,
    RecordsByPlace records) {}
