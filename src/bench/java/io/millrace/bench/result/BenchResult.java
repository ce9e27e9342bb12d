package io.millrace.bench.result;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one run of a benchmark found.
 *
 * @param bench edge, stream or store
 * @param at when it ended
 * @param setting on what and with what it ran, by name, in the order to be shown
 * @param figures what was measured, in the order to be shown
 * @param notes what has to be known to read them, a sentence each
 * @param wrong what was wrong, a sentence each; figures beside a wrong answer count for nothing
 */
public record BenchResult(
    String bench,
    Instant at,
    Map<String, String> setting,
    List<Figure> figures,
    List<String> notes,
    List<String> wrong) {
  public BenchResult {
    figures = List.copyOf(figures);
    notes = List.copyOf(notes);
    wrong = List.copyOf(wrong);
  }
}
