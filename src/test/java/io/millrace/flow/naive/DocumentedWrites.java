package io.millrace.flow.naive;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import io.millrace.event.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which of several writes to one field is the latest, as docs/records.md says. */
final class DocumentedWrites {
  private static final int LONGEST = 255;
  private static final int MOST = 16;

  /** From a value, or from nowhere, to a value; null is one and is empty here. */
  private record Step(boolean leads, Optional<String> from, Optional<String> to, String id) {
    static final Comparator<Step> ORDER =
        comparing(Step::id)
            .thenComparing(
                step -> step.to().orElse(null), Comparator.nullsFirst(Comparator.naturalOrder()));
  }

  private DocumentedWrites() {}

  /** Two events, the later one being the greater. */
  static Comparator<Event> order(ToIntFunction<Event> rank) {
    return comparing(Event::getOccurredAt)
        .thenComparingInt(rank)
        .thenComparing(DocumentedWrites::number, Comparator.nullsFirst(Comparator.naturalOrder()))
        .thenComparing(event -> event.getSource() + "/" + event.getEventId());
  }

  /** The value that remains, null if it was cleared. */
  static @Nullable String latest(String field, List<Event> writes, ToIntFunction<Event> rank) {
    Event last = writes.stream().max(order(rank)).orElseThrow();
    Comparator<Event> equals =
        comparing(Event::getOccurredAt)
            .thenComparing(comparingInt(rank))
            .thenComparing(
                DocumentedWrites::number, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Event::getSource);
    List<Step> steps = new ArrayList<>();
    writes.stream()
        .filter(write -> equals.compare(write, last) == 0)
        .map(write -> step(field, write))
        .sorted(Step.ORDER.reversed())
        .forEach(steps::add);
    return winner(takingPart(steps)).to().orElse(null);
  }

  private static Step step(String field, Event write) {
    Optional<String> from = Optional.ofNullable(write.getPrevious().get(field));
    Optional<String> to = Optional.ofNullable(write.getData().get(field));
    boolean leads =
        write.getPrevious().containsKey(field)
            && !from.equals(to)
            && from.stream().allMatch(DocumentedWrites::isFollowed)
            && to.stream().allMatch(DocumentedWrites::isFollowed);
    return new Step(leads, from, to, write.getEventId());
  }

  private static boolean isFollowed(String value) {
    return value.length() <= LONGEST && !value.startsWith("[") && !value.startsWith("{");
  }

  /** From those sorted by descending id. */
  private static List<Step> takingPart(List<Step> steps) {
    return Stream.concat(
            steps.stream().filter(Step::leads).limit(MOST),
            steps.stream().filter(step -> !step.leads()).limit(1))
        .toList();
  }

  private static Step winner(List<Step> steps) {
    return steps.stream()
        .filter(step -> isOpen(step.to(), steps))
        .max(Step.ORDER)
        .or(() -> steps.stream().max(Step.ORDER))
        .orElseThrow();
  }

  /** Equal steps count once, and one from nowhere only if it alone leads to its value. */
  private static boolean isOpen(Optional<String> value, List<Step> steps) {
    long to =
        steps.stream()
            .filter(step -> step.leads() && step.to().equals(value))
            .map(Step::from)
            .distinct()
            .count();
    long from =
        steps.stream()
            .filter(step -> step.leads() && step.from().equals(value))
            .map(Step::to)
            .distinct()
            .count();
    boolean begins = steps.stream().anyMatch(step -> !step.leads() && step.to().equals(value));
    return (to == 0 && begins ? 1 : to) > from;
  }

  private static @Nullable Long number(Event event) {
    return event.getMetadata().getSequence().orElse(null);
  }
}
