package io.millrace.bench.result;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The result of one run of a benchmark.
 *
 * @param bench edge, stream or store
 * @param at when it ended
 * @param setting machine and options of the run, by name, in display order
 * @param figures the measurements, in display order
 * @param notes notes for reading the figures, a sentence each
 * @param wrong wrong results, a sentence each; figures of a run with wrong results are worthless
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
