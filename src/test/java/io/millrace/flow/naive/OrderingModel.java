package io.millrace.flow.naive;

import io.millrace.event.Event;
import io.millrace.flow.order.EventPrerequisite;
import io.millrace.flow.order.OrderingRule;
import io.millrace.flow.order.OrderingRules;
import io.millrace.model.EventKeys;
import io.millrace.model.EventOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the sequencer must do, the naive way: lists that are searched from end to end. */
public final class OrderingModel {
  private final OrderingRules rules;
  private final List<Held> waiting = new ArrayList<>();
  private final Map<String, List<Event>> admitted = new HashMap<>();
  private final Map<String, String> marks = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();

  /** Every event that went, in words: {@code late e1}, {@code orphan e2}, {@code e3}. */
  public final List<String> output = new ArrayList<>();

  /** What was missing when events went without it. */
  public final List<String> missed = new ArrayList<>();

  public OrderingModel(OrderingRules rules) {
    this.rules = rules;
  }

  public int waiting() {
    return waiting.size();
  }

  public void arrive(Event event, long now) {
    String record = EventKeys.record(event);
    boolean first =
        of(record).stream().noneMatch(held -> held.position().compareTo(pos(event)) < 0);
    if (marks.containsKey(record) && pos(event).compareTo(marks.get(record)) <= 0) {
      if (proves(event) && isSameInstant(pos(event), marks.get(record))) {
        emit(event, Optional.empty());
        pump(record, "", false, now);
      } else {
        late(event, now);
      }
    } else if (first && isNext(event)) {
      emit(event, Optional.empty());
      pump(record, "", false, now);
    } else {
      Held held = new Held(event, now + rule(event).reorderWindow().toMillis());
      if (!marks.containsKey(record) && missing(event).equals(Optional.of("creation"))) {
        held.due = givesUp(held);
      }
      waiting.add(held);
      if (of(record).size() > rule(event).maxWaitingPerRecord()) {
        pump(record, of(record).getFirst().position(), true, now);
      }
    }
    while (waiting.size() > rules.maxWaiting()) {
      Held held = waiting.stream().min(Held.BY_DUE).orElseThrow();
      pump(held.record(), held.position(), true, now);
    }
    tick(now);
  }

  public void tick(long now) {
    for (Held held : waiting.stream().sorted(Held.BY_DUE).filter(h -> h.due <= now).toList()) {
      if (waiting.contains(held) && held.due <= now) {
        pump(held.record(), held.position(), false, now);
        if (waiting.contains(held) && of(held.record()).getFirst() != held) {
          held.due = Long.MAX_VALUE;
        }
      }
    }
  }

  private void late(Event event, long now) {
    output.add("late " + event.getEventId());
    admitted.computeIfAbsent(EventKeys.record(event), added -> new ArrayList<>()).add(event);
    if (number(event) == last(event) + 1 && numbers.containsKey(counter(event))) {
      count(event);
    }
    pump(EventKeys.record(event), "", false, now);
  }

  private void pump(String record, String through, boolean force, long now) {
    for (Held held : of(record)) {
      boolean pushed = held.position().compareTo(through) <= 0;
      Optional<String> missing =
          isNext(held.event) ? Optional.empty() : missing(held).filter(what -> !isTie(what, held));
      boolean goes =
          isNext(held.event)
              || (pushed && (force || missing.isEmpty()))
              || ((pushed || held.due > now)
                  && (missing.isPresent() ? givesUp(held) : held.ripeAt) <= now);
      if (!goes && !pushed && held.due <= now) {
        return;
      }
      if (!goes) {
        held.due = missing.isPresent() ? givesUp(held) : held.ripeAt;
        return;
      }
      waiting.remove(held);
      emit(held.event, missing);
    }
  }

  private void emit(Event event, Optional<String> missing) {
    missing.ifPresent(missed::add);
    boolean orphan = missing.equals(Optional.of("creation"));
    output.add((orphan ? "orphan " : "") + event.getEventId());
    String record = EventKeys.record(event);
    admitted.computeIfAbsent(record, added -> new ArrayList<>()).add(event);
    marks.merge(record, pos(event), (one, other) -> one.compareTo(other) > 0 ? one : other);
    if (EventOrder.isCreation(event)) {
      numbers.remove(counter(event));
    }
    count(event);
  }

  private boolean isNext(Event event) {
    boolean known = marks.containsKey(EventKeys.record(event));
    if (EventOrder.isCreation(event) && (!known || isGone(event))) {
      return true;
    }
    boolean counted = numbers.containsKey(counter(event)) && number(event) == last(event) + 1;
    return known && (counted || proves(event));
  }

  private boolean proves(Event event) {
    return !event.getPrevious().isEmpty()
        && !isGone(event)
        && event.getPrevious().entrySet().stream()
            .allMatch(was -> Objects.equals(value(event, was.getKey()), was.getValue()))
        && missing(event).isEmpty();
  }

  /** Whether two positions differ in the event's id and what follows it alone. */
  private static boolean isSameInstant(String one, String other) {
    return one.substring(0, one.indexOf('/')).equals(other.substring(0, other.indexOf('/')));
  }

  private Optional<String> missing(Held held) {
    return missing(held.event);
  }

  private Optional<String> missing(Event event) {
    OrderingRule rule = rule(event);
    boolean known = marks.containsKey(EventKeys.record(event));
    if (rule.prerequisiteWait().isZero()) {
      return Optional.empty();
    }
    boolean created = EventOrder.isCreation(event);
    boolean deleted = EventOrder.isDeletion(event);
    boolean merged = EventOrder.isMerge(event);
    if (!created && !merged && rule.expectsCreation() && (!known || (isGone(event) && !deleted))) {
      return Optional.of("creation");
    }
    if (!created
        && rule.contiguousSequence()
        && numbers.containsKey(counter(event))
        && number(event) > last(event) + 1) {
      return Optional.of("sequence");
    }
    if (created || deleted) {
      return Optional.empty();
    }
    for (String field : rule.follows()) {
      if (event.getPrevious().containsKey(field)
          && differs(event, field, event.getPrevious().get(field))
          && (!event.getData().containsKey(field)
              || differs(event, field, event.getData().get(field)))) {
        return Optional.of("previous");
      }
    }
    return rule.prerequisites().stream()
        .filter(declared -> declared.events().contains(event.getEventType()))
        .flatMap(declared -> missing(event, declared).stream())
        .findFirst();
  }

  private Optional<String> missing(Event event, EventPrerequisite declared) {
    if (declared.needs().entrySet().stream()
        .filter(need -> write(event, need.getKey()).filter(at -> isFuture(at, event)).isEmpty())
        .anyMatch(need -> !need.getValue().contains(value(event, need.getKey()) + ""))) {
      return Optional.of("needs");
    }
    return declared.unchanged().stream()
            .filter(field -> !event.getPrevious().containsKey(field))
            .filter(field -> event.getData().get(field) != null)
            .anyMatch(field -> differs(event, field, event.getData().get(field)))
        ? Optional.of("unchanged")
        : Optional.empty();
  }

  private boolean isTie(String missing, Held held) {
    List<Held> all = of(held.record());
    int behind = all.indexOf(held) + 1;
    return !List.of("creation", "sequence").contains(missing)
        && behind < all.size()
        && all.get(behind).event.getOccurredAt().equals(held.event.getOccurredAt());
  }

  /** Whether the event's source wrote another value last. */
  private boolean differs(Event event, String field, @Nullable String value) {
    return write(event, field)
        .filter(write -> write.getSource().equals(event.getSource()))
        .filter(write -> !isFuture(write, event))
        .filter(write -> !Objects.equals(write.getData().get(field), value))
        .isPresent();
  }

  private @Nullable String value(Event event, String field) {
    return write(event, field).map(write -> write.getData().get(field)).orElse(null);
  }

  private static boolean isFuture(Event other, Event event) {
    return other.getOccurredAt().isAfter(event.getReceivedAt().plus(Duration.ofMinutes(5)));
  }

  /** The event that wrote the field of an event's record last. */
  private Optional<Event> write(Event event, String field) {
    List<Event> writes = new ArrayList<>();
    List<Event> all = byStamp(event);
    for (int i = all.size() - 1; i >= 0 && !EventOrder.isDeletion(all.get(i)); i--) {
      if (all.get(i).getData().containsKey(field)) {
        writes.add(all.get(i));
      }
    }
    return writes.isEmpty() ? Optional.empty() : Optional.of(LastWrite.last(field, writes));
  }

  private boolean isGone(Event event) {
    Optional<Event> deleted = Optional.empty();
    for (Event each : byStamp(event)) {
      if (EventOrder.isDeletion(each)) {
        deleted = Optional.of(each);
      } else if (EventOrder.isCreation(each)) {
        deleted = Optional.empty();
      }
    }
    return deleted.filter(each -> !isFuture(each, event)).isPresent();
  }

  private List<Event> byStamp(Event event) {
    return admitted.getOrDefault(EventKeys.record(event), List.of()).stream()
        .sorted(Comparator.comparing(EventOrder::stamp))
        .toList();
  }

  private List<Held> of(String record) {
    return waiting.stream()
        .filter(held -> held.record().equals(record))
        .sorted(Comparator.comparing(Held::position))
        .toList();
  }

  private OrderingRule rule(Event event) {
    return rules.of(event.getRecord().getType());
  }

  private long givesUp(Held held) {
    OrderingRule rule = rule(held.event);
    return held.ripeAt
        + Math.max(0, rule.prerequisiteWait().toMillis() - rule.reorderWindow().toMillis());
  }

  private void count(Event event) {
    event
        .getMetadata()
        .getSequence()
        .ifPresent(number -> numbers.merge(counter(event), number, Math::max));
  }

  private static String counter(Event event) {
    return event.getSource() + ' ' + EventKeys.record(event);
  }

  private long last(Event event) {
    return numbers.getOrDefault(counter(event), -10L);
  }

  private static long number(Event event) {
    return event.getMetadata().getSequence().orElse(-100L);
  }

  private static String pos(Event event) {
    return EventOrder.position(event);
  }

  /** A waiting event. */
  private static final class Held {
    static final Comparator<Held> BY_DUE =
        Comparator.<Held>comparingLong(held -> held.due)
            .thenComparingLong(held -> held.event.getMetadata().getLineage().getOffset())
            .thenComparingInt(held -> held.event.getMetadata().getLineage().getIndex());

    final Event event;
    final long ripeAt;
    long due;

    Held(Event event, long ripeAt) {
      this.event = event;
      this.ripeAt = ripeAt;
      due = ripeAt;
    }

    String record() {
      return EventKeys.record(event);
    }

    String position() {
      return pos(event);
    }
  }
}
