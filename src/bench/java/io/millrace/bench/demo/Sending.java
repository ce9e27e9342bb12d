package io.millrace.bench.demo;

import io.millrace.bench.simulator.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Formats the progress of sending, and what it waits for. */
final class Sending {
  private Sending() {}

  static String text(Progress progress, Instant now) {
    int percent = progress.planned() == 0 ? 100 : 100 * progress.settled() / progress.planned();
    return String.format(
        Locale.ROOT,
        "sent %3d %% (%d of %d requests, %d events)  %s",
        percent,
        progress.settled(),
        progress.planned(),
        progress.events(),
        progress.waiting().map(waiting -> wait(waiting, now)).orElseGet(() -> answers(progress)));
  }

  private static String wait(Progress.Waiting waiting, Instant now) {
    long seconds = Math.max(0, Duration.between(now, waiting.until()).toSeconds());
    return String.format(
        Locale.ROOT,
        "%d waiting for the events before them to be ordered: at most %d s",
        waiting.requests(),
        seconds);
  }

  private static String answers(Progress progress) {
    return progress.answers().entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .map(answer -> answer.getKey() + ": " + answer.getValue())
        .collect(Collectors.joining(", "));
  }
}
