package io.millrace.cli.proof;

import io.millrace.app.CommandException;
import io.millrace.app.Exit;
import io.millrace.app.OpenTopics;
import io.millrace.cli.ConfigOptions;
import io.millrace.cli.SafeText;
import io.millrace.cli.Servers;
import io.millrace.cli.Table;
import io.millrace.cli.Terminal;
import io.millrace.deadletter.DeadLetterIndex;
import io.millrace.deadletter.Letter;
import io.millrace.event.DeadLetter;
import io.millrace.event.Lineage;
import io.millrace.file.OwnerOnly;
import io.millrace.kafka.read.TopicReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the details of one dead letter. */
@Command(
    name = "show",
    description = {
      "Shows one dead letter: every attempt, its origin, headers and original bytes.",
      "The output can contain personal data."
    },
    mixinStandardHelpOptions = true)
final class DeadLettersShowCommand implements Callable<Integer> {
  @Mixin private ConfigOptions options = new ConfigOptions();

  @Parameters(paramLabel = "ID", description = "An id from `dead-letters list`.")
  private String id = "";

  @Option(
      names = "--original",
      paramLabel = "FILE",
      description = {
        "Write the original bytes to this new file instead of printing them. Only you can read it."
      })
  private Optional<Path> original = Optional.empty();

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Letter letter =
        Servers.withTopics(spec, options.load(), this::find)
            .orElseThrow(
                () ->
                    CommandException.no(
                        "There is no dead letter %s; `dead-letters list` shows all."
                            .formatted(id)));
    print(letter, Terminal.out(spec));
    return Exit.DONE;
  }

  private Optional<Letter> find(OpenTopics topics) {
    try (TopicReader reader = topics.reader()) {
      return new DeadLetterIndex(reader, letter -> letter.getDeadLetterId().equals(id), true)
          .look().stream().findFirst();
    }
  }

  private void print(Letter found, PrintWriter out) {
    DeadLetter letter = found.letter();
    Table table = new Table();
    table.row("id", letter.getDeadLetterId());
    table.row("reason", letter.getReason());
    table.row("state", found.settled().map(topic -> "settled: in " + topic).orElse("open"));
    table.row("source", letter.getSource());
    letter.getEventType().ifPresent(type -> table.row("event type", type));
    letter.getEventId().ifPresent(event -> table.row("event id", event));
    letter
        .getRecord()
        .ifPresent(record -> table.row("record", record.getType() + "/" + record.getId()));
    letter.getOccurredAt().ifPresent(time -> table.row("occurred", time.toString()));
    table.row("arrived", letter.getReceivedAt().toString());
    Lineage lineage = letter.getLineage();
    table.row(
        "delivery",
        "deliveries-received-%d at offset %d, part %s"
            .formatted(
                lineage.getPartition(),
                lineage.getOffset(),
                lineage.getIndex() < 0 ? "all" : lineage.getIndex()));
    table.print(out);
    out.println("attempts");
    Table attempts = new Table();
    letter
        .getAttempts()
        .forEach(
            each ->
                attempts.row(
                    "  " + each.getAt(),
                    each.getStage(),
                    each.getReason() + ": " + each.getError()));
    attempts.print(out);
    out.println("headers");
    new TreeMap<>(letter.getHeaders())
        .forEach(
            (name, values) ->
                out.println(SafeText.line("  " + name + ": " + String.join(", ", values))));
    printOriginal(letter.getOriginal(), out);
    found.obstacle().ifPresent(obstacle -> out.println("It cannot be replayed: " + obstacle));
    out.flush();
  }

  private void printOriginal(ByteBuffer bytes, PrintWriter out) {
    if (original.isPresent()) {
      write(bytes, original.get());
      out.printf("original: %d bytes, written to %s%n", bytes.remaining(), original.get());
      return;
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
      out.printf("original (%d bytes)%n%s%n", bytes.remaining(), text);
    } catch (CharacterCodingException notText) {
      byte[] copy = copy(bytes);
      out.printf(
          "original (%d bytes, not UTF-8, in base64)%n%s%n",
          copy.length, Base64.getMimeEncoder().encodeToString(copy));
    }
  }

  private static void write(ByteBuffer bytes, Path file) {
    try {
      OwnerOnly.create(file, copy(bytes));
    } catch (FileAlreadyExistsException taken) {
      throw CommandException.usage(
          "The file %s already exists; choose another with --original".formatted(file));
    } catch (IOException failure) {
      throw CommandException.usage("Could not write %s: %s".formatted(file, failure));
    }
  }

  private static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }
}
