package io.millrace.bench.ledger;

/** One record of lead-scores-changed. */
public record ScoreStep(String person, int previous, int score) {}
