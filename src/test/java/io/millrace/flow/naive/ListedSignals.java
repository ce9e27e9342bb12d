package io.millrace.flow.naive;

import io.millrace.event.Event;
import io.millrace.event.Signal;
import io.millrace.flow.signal.SignalRule;
import io.millrace.flow.timeline.Mark;
import io.millrace.model.EventKeys;
import io.millrace.model.SortableText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The signals of a list of all events that is looked through from the beginning. */
public final class ListedSignals {
  private ListedSignals() {}

  /** A person's signals, sorted by their ids as text. */
  public static List<Signal> of(SignalRule rule, String person, List<Event> events) {
    List<Event> counted = new ArrayList<>(events);
    counted.sort(inTime(person));
    List<Signal> found = new ArrayList<>();
    int unused = 0;
    Instant quietUntil = Instant.MIN;
    for (int last = 0; last < counted.size(); last++) {
      int first = last - rule.count() + 1;
      Instant at = counted.get(last).getOccurredAt();
      if (first >= unused
          && !at.isBefore(quietUntil)
          && !counted.get(first).getOccurredAt().plus(rule.within()).isBefore(at)) {
        found.add(signal(rule, person, found.size() + 1, counted.subList(first, last + 1)));
        unused = last + 1;
        quietUntil = at.plus(rule.cooldown());
      }
    }
    found.sort(Comparator.comparing(Signal::getSignalId));
    return found;
  }

  /** Events of one moment by their ids, and of one id by their identifiers: the person first. */
  public static Comparator<Event> inTime(String person) {
    return Comparator.comparing(Event::getOccurredAt)
        .thenComparing(event -> SortableText.escaped(EventKeys.identity(event)))
        .thenComparing(
            event -> SortableText.escaped(Mark.relative(event.getRecord().getId(), person)));
  }

  private static Signal signal(SignalRule rule, String person, int number, List<Event> pattern) {
    return Signal.newBuilder()
        .setSignalId(person + "|" + rule.name() + "|" + number)
        .setSignal(rule.name())
        .setPerson(person)
        .setIdentifier(pattern.getLast().getRecord().getId())
        .setStatus("DETECTED")
        .setFirstAt(pattern.getFirst().getOccurredAt())
        .setCompletedAt(pattern.getLast().getOccurredAt())
        .setEventIds(pattern.stream().map(EventKeys::identity).toList())
        .setDescription(rule.description())
        .build();
  }
}
