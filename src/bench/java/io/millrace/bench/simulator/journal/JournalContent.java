package io.millrace.bench.simulator.journal;

import io.millrace.bench.simulator.life.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The content of a journal, read back after a stop and kept up to date while it grows. */
final class JournalContent {
  private final Path path;
  private final Map<Integer, List<Attempt>> attempts = new HashMap<>();
  private final List<Integer> unseen = new ArrayList<>();
  private Optional<Run> run = Optional.empty();
  private boolean ended;
  private long wholeBytes;

  private JournalContent(Path path) {
    this.path = path;
  }

  static JournalContent empty(Path path) {
    return new JournalContent(path);
  }

  /** The journals of a directory, oldest first. */
  static List<Path> runsIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("run-\\d+\\.jsonl"))
          .sorted()
          .toList();
    }
  }

  /** Reads a journal up to its last complete line. */
  static JournalContent read(Path path) throws IOException {
    JournalContent content = new JournalContent(path);
    byte[] bytes = Files.readAllBytes(path);
    int start = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        content.take(
            JournalLine.parse(new String(bytes, start, at - start, StandardCharsets.UTF_8)));
        start = at + 1;
      }
    }
    content.wholeBytes = start;
    return content;
  }

  private void take(JournalLine line) {
    switch (line) {
      case JournalLine.Begun(int number, long seed, int events, Instant startedAt) ->
          run = Optional.of(Run.numbered(number, seed, events, startedAt));
      case JournalLine.Trying(int request, int attempt, Instant at) ->
          tried(new Attempt(request, attempt, at, Optional.empty()));
      case JournalLine.Answered it ->
          answered(
              it.request(),
              it.attempt(),
              new Attempt.Answer(it.at(), it.status(), it.reason(), it.deliveryId()));
      case JournalLine.Unseen(int request) -> sentUnseen(request);
      case JournalLine.Ended ignored -> ended = true;
    }
  }

  /** The number in the journal's name. */
  int number() {
    return Integer.parseInt(path.getFileName().toString().replaceAll("\\D", ""));
  }

  Path path() {
    return path;
  }

  Optional<Run> run() {
    return run;
  }

  boolean isUnfinished() {
    return run.isPresent() && !ended;
  }

  long wholeBytes() {
    return wholeBytes;
  }

  int triesOf(int request) {
    return attempts.getOrDefault(request, List.of()).size();
  }

  void tried(Attempt attempt) {
    attempts.computeIfAbsent(attempt.request(), any -> new ArrayList<>()).add(attempt);
  }

  void answered(int request, int number, Attempt.Answer answer) {
    List<Attempt> tries = attempts.getOrDefault(request, List.of());
    Attempt tried = tries.get(number - 1);
    tries.set(number - 1, new Attempt(request, number, tried.sentAt(), Optional.of(answer)));
  }

  void sentUnseen(int request) {
    unseen.add(request);
  }

  List<Attempt> attempts() {
    return attempts.values().stream().flatMap(List::stream).toList();
  }

  List<Integer> unseen() {
    return List.copyOf(unseen);
  }
}
