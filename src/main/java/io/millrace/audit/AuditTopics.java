package io.millrace.audit;

import io.millrace.kafka.read.RecordsByPlace;
import io.millrace.kafka.read.TopicReader;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The topics as the audit reads them.
 *
 * @param events deliveries and all outcomes, committed records only
 * @param held what the flow holds back
 * @param deliveryEnds one past the last offset of each partition of deliveries-received by now
 * @param records single records, to be looked at again
 */
public record AuditTopics(
    TopicReader events,
    HeldBack held,
    Supplier<Map<Integer, Long>> deliveryEnds,
    RecordsByPlace records) {}
