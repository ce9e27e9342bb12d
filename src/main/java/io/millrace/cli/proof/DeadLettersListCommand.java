package io.millrace.cli.proof;

import io.millrace.app.Exit;
import io.millrace.cli.ConfigOptions;
import io.millrace.cli.Servers;
import io.millrace.cli.Table;
import io.millrace.cli.Terminal;
import io.millrace.deadletter.DeadLetterIndex;
import io.millrace.deadletter.Letter;
import io.millrace.event.DeadLetter;
import io.millrace.kafka.read.TopicReader;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists dead letters by cause, then individually. */
@Command(
    name = "list",
    description = "Counts dead letters by cause, and lists the latest ones.",
    mixinStandardHelpOptions = true)
final class DeadLettersListCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();
  @Mixin private LetterSelection selection = new LetterSelection();

  @Option(names = "--all", description = "Include those that have been replayed successfully.")
  private boolean settledToo;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Maximum number to list, latest first (default: ${DEFAULT-VALUE}).")
  private int limit;

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<Letter> letters =
        Servers.withTopics(
            spec,
            options.load(),
            topics -> {
              try (TopicReader reader = topics.reader()) {
                return new DeadLetterIndex(reader, selection::mayCover, false).look();
              }
            });
    print(
        letters.stream()
            .filter(letter -> selection.covers(letter.letter()))
            .filter(letter -> settledToo || letter.isOpen())
            .toList());
    return Exit.DONE;
  }

  private void print(List<Letter> letters) {
    PrintWriter out = Terminal.out(spec);
    if (letters.isEmpty()) {
      out.println("No dead letters" + (selection.isNarrow() ? " match." : "."));
      out.flush();
      return;
    }
    summary(letters, out);
    out.println();
    Table table = new Table("ARRIVED", "ID", "SOURCE", "TYPE", "TRIES", "WHY");
    letters.stream()
        .sorted(Comparator.comparing((Letter each) -> each.letter().getReceivedAt()).reversed())
        .limit(limit)
        .forEach(letter -> row(letter, table));
    table.print(out);
    if (letters.size() > limit) {
      out.printf("... and %d more; raise --limit to list them%n", letters.size() - limit);
    }
    out.flush();
  }

  private static void summary(List<Letter> letters, PrintWriter out) {
    Map<String, List<Letter>> byCause =
        letters.stream()
            .collect(
                Collectors.groupingBy(
                    letter -> letter.lastAttempt().getReason(), TreeMap::new, Collectors.toList()));
    Table table = new Table("CAUSE", "LETTERS", "OLDEST", "LATEST", "SOURCES");
    byCause.forEach(
        (cause, each) ->
            table.row(
                cause,
                Integer.toString(each.size()),
                arrival(each.getFirst()),
                arrival(each.getLast()),
                each.stream()
                    .map(letter -> letter.letter().getSource())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "))));
    table.print(out);
  }

  private static void row(Letter each, Table table) {
    DeadLetter letter = each.letter();
    table.row(
        arrival(each),
        letter.getDeadLetterId(),
        letter.getSource(),
        letter.getEventType().orElse("?"),
        Integer.toString(letter.getAttempts().size()),
        each.settled()
            .map(topic -> "settled: in " + topic)
            .orElseGet(
                () -> each.lastAttempt().getReason() + ": " + each.lastAttempt().getError()));
  }

  private static String arrival(Letter letter) {
    Instant arrival = letter.letter().getReceivedAt();
    return arrival.toString();
  }
}
