package io.millrace.bench.ledger;

/** One record of signals-detected. */
public record SeenSignal(String signalId, String person, boolean detected) {}
