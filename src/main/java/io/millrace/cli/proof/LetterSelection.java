package io.millrace.cli.proof;

import io.millrace.event.DeadLetter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that select dead letters. */
final class LetterSelection {
  @Option(
      names = "--cause",
      paramLabel = "REASON",
      description = "Only those with this reason, such as MISSING_FIELD.")
  private Optional<String> cause = Optional.empty();

  @Option(names = "--source", paramLabel = "NAME", description = "Only those of this source.")
  private Optional<String> source = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "INSTANT",
      description = "Only those whose delivery arrived at or after this time.")
  private Optional<Instant> since = Optional.empty();

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      description = "Only those whose delivery arrived before this time (2026-01-01T00:00:00Z).")
  private Optional<Instant> until = Optional.empty();

  @Option(names = "--id", paramLabel = "ID", description = "Only this one; may be repeated.")
  private List<String> ids = List.of();

  /** Whether any option was given. */
  boolean isNarrow() {
    return cause.isPresent()
        || source.isPresent()
        || since.isPresent()
        || until.isPresent()
        || !ids.isEmpty();
  }

  /**
   * Whether a letter may be selected, judged by what never changes: its reason does when it fails
   * again.
   */
  boolean mayCover(DeadLetter letter) {
    return source.filter(name -> !name.equals(letter.getSource())).isEmpty()
        && since.filter(letter.getReceivedAt()::isBefore).isEmpty()
        && until.filter(time -> !letter.getReceivedAt().isBefore(time)).isEmpty()
        && (ids.isEmpty() || ids.contains(letter.getDeadLetterId()));
  }

  boolean covers(DeadLetter letter) {
    return mayCover(letter)
        && cause
            .filter(reason -> !reason.toUpperCase(Locale.ROOT).equals(letter.getReason()))
            .isEmpty();
  }
}
