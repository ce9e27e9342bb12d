package io.millrace.bench.simulator.journal;

import io.millrace.bench.simulator.life.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The simulator's own log of a run, one JSON object per line, append-only. Every line is written to
 * the operating system before the next step: a killed process loses at most the answers it was
 * waiting for.
 */
public final class Journal implements AutoCloseable {
  private final FileChannel file;
  private final Run run;
  private final JournalContent content;

  private Journal(FileChannel file, Run run, JournalContent content) {
    this.file = file;
    this.run = run;
    this.content = content;
  }

  /** Continues the unfinished run in a directory, or begins the next one. */
  public static Journal open(Path directory, long seed, int events, Instant now) {
    try {
      Files.createDirectories(directory);
      List<Path> runs = JournalContent.runsIn(directory);
      Optional<JournalContent> last =
          runs.isEmpty()
              ? Optional.empty()
              : Optional.of(JournalContent.read(runs.get(runs.size() - 1)));
      if (last.isPresent() && last.get().isUnfinished()) {
        return resume(last.get());
      }
      // A start that was killed before its first line left a file without a run; it is reused.
      boolean usable = last.isPresent() && last.get().run().isEmpty();
      int number = last.map(JournalContent::number).orElse(0) + (usable ? 0 : 1);
      Instant startedAt = now.truncatedTo(ChronoUnit.SECONDS);
      return begin(directory, Run.numbered(number, seed, events, startedAt));
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot open the demo's journal in " + directory, failure);
    }
  }

  private static Journal begin(Path directory, Run run) throws IOException {
    Path path = directory.resolve(String.format(Locale.ROOT, "run-%05d.jsonl", run.number()));
    FileChannel file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    Journal journal = new Journal(file, run, JournalContent.empty(path));
    journal.append(
        new JournalLine.Begun(
            Math.toIntExact(run.number()), run.seed(), run.events(), run.startedAt()));
    return journal;
  }

  private static Journal resume(JournalContent content) throws IOException {
    FileChannel file = FileChannel.open(content.path(), StandardOpenOption.WRITE);
    // The last line may be incomplete; the next one must not be appended to it.
    file.truncate(content.wholeBytes());
    file.position(content.wholeBytes());
    return new Journal(file, content.run().orElseThrow(), content);
  }

  public Run run() {
    return run;
  }

  /** Whether an earlier process started this run. */
  public boolean isResumed() {
    return content.run().isPresent();
  }

  /** The attempts so far, those of earlier processes included; a copy. */
  public synchronized List<Attempt> attempts() {
    return content.attempts();
  }

  /** Requests that were sent although the event they waited for was not seen in time. */
  public synchronized List<Integer> unseen() {
    return content.unseen();
  }

  /** Records that a request is being sent. */
  public synchronized Attempt trying(int request, Instant at) {
    Attempt attempt = new Attempt(request, content.triesOf(request) + 1, at, Optional.empty());
    append(new JournalLine.Trying(request, attempt.number(), at));
    content.tried(attempt);
    return attempt;
  }

  /** Records an answer. */
  public synchronized void answered(Attempt attempt, Attempt.Answer answer) {
    append(
        new JournalLine.Answered(
            attempt.request(),
            attempt.number(),
            answer.at(),
            answer.status(),
            answer.reason(),
            answer.deliveryId()));
    content.answered(attempt.request(), attempt.number(), answer);
  }

  /** Records that a request is sent although the event it waited for was not seen. */
  public synchronized void notSeen(int request) {
    append(new JournalLine.Unseen(request));
    content.sentUnseen(request);
  }

  /** Records that the run is finished and balanced: the next start begins a new one. */
  public synchronized void finish(Instant at) {
    append(new JournalLine.Ended(at));
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot close the demo's journal", failure);
    }
  }

  private void append(JournalLine line) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap((line.text() + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "Cannot write to the demo's journal " + content.path(), failure);
    }
  }
}
