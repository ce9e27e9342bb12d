package io.millrace.stack.demo;

import io.millrace.stack.simulator.Progress;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says how far the sending is. */
final class Sending {
  private Sending() {}

  static String text(Progress progress) {
    int percent = progress.planned() == 0 ? 100 : 100 * progress.settled() / progress.planned();
    String answers =
        progress.answers().entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .map(answer -> answer.getKey() + ": " + answer.getValue())
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "sent %3d %% (%d of %d requests, %d events)  %s",
        percent,
        progress.settled(),
        progress.planned(),
        progress.events(),
        answers);
  }
}
