package io.millrace.bench.ledger;

import java.time.Instant;

/** One record of engagement-batches. */
public record SeenBatch(String batchId, String person, Instant windowStart, long events) {}
