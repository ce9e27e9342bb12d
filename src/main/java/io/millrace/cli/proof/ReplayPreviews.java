package io.millrace.cli.proof;

import io.millrace.app.OpenTopics;
import io.millrace.cli.BadFields;
import io.millrace.cli.proof.DeadLettersReplayCommand.Candidate;
import io.millrace.deadletter.OldLetters;
import io.millrace.deadletter.Preview;
import io.millrace.event.Event;
import io.millrace.flow.FlowSources;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.provision.TopicSetting;
import io.millrace.kafka.provision.TopicSettings;
import io.millrace.kafka.read.TopicReader;
import io.millrace.model.EventKeys;
import io.millrace.normalize.Normalized;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What would become of replayed dead letters, and which of them may be replayed. */
final class ReplayPreviews {
  private static final String INDENTED = "    ";

  private final List<Previewed> all;

  /** A dead letter and what would become of its parts. */
  private record Previewed(Candidate candidate, List<Preview> parts, Optional<String> obstacle) {
    /** A replay that becomes nothing would have no outcome to wait for. */
    boolean becomesNothing() {
      return !parts.isEmpty() && parts.stream().allMatch(Preview.ReportsNothing.class::isInstance);
    }
  }

  private ReplayPreviews(List<Previewed> all) {
    this.all = List.copyOf(all);
  }

  static ReplayPreviews of(List<Candidate> candidates, OpenTopics topics) {
    FlowSources sources = FlowSources.of(topics.sources(), topics.rules());
    List<List<Normalized>> parts =
        candidates.stream().map(candidate -> sources.normalize(candidate.replay(), 0, 0)).toList();
    OldLetters old = new OldLetters(Clock.systemUTC().instant(), eventsKept(topics), sources);
    List<Previewed> all = new ArrayList<>();
    try (TopicReader reader = topics.reader()) {
      List<Preview> previews =
          Preview.of(parts.stream().flatMap(List::stream).toList(), reader, sources);
      int next = 0;
      for (int number = 0; number < candidates.size(); number++) {
        Candidate candidate = candidates.get(number);
        int end = next + parts.get(number).size();
        List<Preview> own = previews.subList(next, end);
        all.add(new Previewed(candidate, own, old.obstacle(candidate.letter().letter(), own)));
        next = end;
      }
    }
    return new ReplayPreviews(all);
  }

  /** How long both topics with delivered events keep them. */
  private static Duration eventsKept(OpenTopics topics) {
    TopicSettings declared = topics.declared();
    return Stream.of(Topics.EVENTS_ORDERED, Topics.EVENTS_LATE)
        .flatMap(topic -> declared.find(topic.name()).stream())
        .map(TopicSetting::retention)
        .min(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /** The dead letters that may be replayed; prints why the others may not. */
  List<Candidate> allowed(PrintWriter out) {
    all.forEach(each -> printObstacle(each, out));
    all.stream()
        .filter(each -> each.obstacle().isEmpty() && each.becomesNothing())
        .forEach(each -> print(each.candidate().letter().id(), each.parts().getFirst(), out));
    return all.stream()
        .filter(each -> each.obstacle().isEmpty() && !each.becomesNothing())
        .map(Previewed::candidate)
        .toList();
  }

  /** Whether any must not be replayed; one that reports nothing need not be. */
  boolean refusesAny() {
    return all.stream().anyMatch(each -> each.obstacle().isPresent());
  }

  void print(PrintWriter out) {
    for (Previewed each : all) {
      if (each.obstacle().isEmpty()) {
        each.parts().forEach(part -> print(each.candidate().letter().id(), part, out));
      }
      printObstacle(each, out);
    }
    out.println("Nothing was changed. Run without --dry-run to replay.");
  }

  private static void printObstacle(Previewed each, PrintWriter out) {
    each.obstacle()
        .ifPresent(
            why -> out.printf("%s  cannot be replayed: %s%n", each.candidate().letter().id(), why));
  }

  private static void print(String id, Preview preview, PrintWriter out) {
    switch (preview) {
      case Preview.Delivers delivers -> {
        out.printf("%s  would be delivered: %s%n", id, inWords(delivers.event()));
        delivers
            .changes()
            .forEach(
                (field, change) ->
                    out.printf(
                        "%s%s: %s -> %s%n",
                        INDENTED, field, inWords(change.before()), inWords(change.after())));
        BadFields.print(delivers.event(), INDENTED + "invalid field: ", out);
      }
      case Preview.Duplicates duplicates ->
          out.printf(
              "%s  would be dropped: %s %s%n",
              id,
              inWords(duplicates.event()),
              duplicates.isReplayed()
                  ? "is in another of these dead letters"
                  : "was delivered by a retry of its sender");
      case Preview.ReportsNothing nothing ->
          out.printf(
              "%s  needs no replay: it reports nothing (%s), as its catalogue entry now says%n",
              id, nothing.what());
      case Preview.Fails fails ->
          out.printf(
              "%s  would fail again: %s: %s%n",
              id, fails.attempt().getReason(), fails.attempt().getError());
    }
  }

  private static String inWords(Event event) {
    return "%s of %s, event %s"
        .formatted(event.getEventType(), EventKeys.record(event), event.getEventId());
  }

  private static String inWords(Optional<String> value) {
    return value.map(text -> "\"" + text + "\"").orElse("nothing");
  }
}
