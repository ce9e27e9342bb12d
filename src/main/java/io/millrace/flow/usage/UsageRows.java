package io.millrace.flow.usage;

import io.millrace.event.UsageMark;
import io.millrace.event.UsageMemory;
import io.millrace.event.UsagePart;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.signal.SignalRows;
import io.millrace.flow.step.RuleKey;
import io.millrace.flow.timeline.Mark;
import io.millrace.flow.timeline.MarkList;
import io.millrace.flow.timeline.MarkRows;
import io.millrace.flow.timeline.MutableMarks;
import io.millrace.flow.timeline.Timeline;
import io.millrace.flow.timeline.TimelineRows;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What one usage rule remembers of one person, in the store of the step: one row while it is small,
 * then a row per event, as in {@link SignalRows}.
 */
public final class UsageRows {
  /** The most events in one row. */
  static final int MOST_IN_ONE = 16;

  private static final UsageMemory NOTHING = UsageMemory.newBuilder().build();
  private static final TimelineRows.Form<UsageMemory, Long> MARKS =
      new TimelineRows.Form<>(
          '@',
          row -> UsageMemory.newBuilder().setHeld(Math.toIntExact(row.value())).build(),
          memory -> (long) memory.getHeld());

  private final KeyValueStore<String, UsageMemory> store;
  private final String key;
  private final Optional<UsageMemory> memory;
  private final Optional<MarkList> few;
  private final MutableMarks marks;
  private final OtherFirstRows others;

  UsageRows(KeyValueStore<String, UsageMemory> store, UsageRule rule, String person) {
    this(store, RuleKey.of(rule.name(), person));
  }

  /**
   * The memory with a key.
   *
   * @param key the key of a memory
   */
  UsageRows(KeyValueStore<String, UsageMemory> store, String key) {
    this.store = store;
    this.key = key;
    memory = Optional.ofNullable(store.get(key));
    others = new OtherFirstRows(store, key);
    if (memory.filter(UsageRows::isSpread).isPresent()) {
      few = Optional.empty();
      marks = rows();
    } else {
      MarkList list = new MarkList();
      memory.ifPresent(
          known ->
              known
                  .getMarks()
                  .forEach(
                      mark ->
                          list.add(
                              new Mark(
                                  mark.getOccurredAt(), mark.getEventId(), mark.getIdentifier()),
                              mark.getCount())));
      few = Optional.of(list);
      marks = list;
    }
  }

  Optional<UsageMemory> memory() {
    return memory;
  }

  /** Computes what changes when an identifier leaves; reads only. */
  Optional<UsageParting> depart(UsageRule rule, String person, String identifier) {
    return switch (rule) {
      case UsageRule.Times times -> new UsageMembers(times).depart(history(), person, identifier);
      case UsageRule.Steps steps -> new StepProgress(steps).depart(history(), person, identifier);
    };
  }

  /** Computes what changes when an identifier joins; reads only. */
  Optional<UsageOutcome> join(UsageRule rule, String person, String identifier, UsagePart part) {
    return switch (rule) {
      case UsageRule.Times times ->
          new UsageMembers(times).join(history(), person, identifier, part);
      case UsageRule.Steps steps ->
          new StepProgress(steps).join(history(), person, identifier, part);
    };
  }

  /** Computes what one more event changes; reads only. */
  Optional<UsageOutcome> add(UsageRule rule, String person, Engagement engagement) {
    return switch (rule) {
      case UsageRule.Times times -> new UsageCounter(times).add(history(), person, engagement);
      case UsageRule.Steps steps -> new StepProgress(steps).add(history(), person, engagement);
    };
  }

  UsageHistory history() {
    return new UsageHistory(memory, marks, others);
  }

  void keep(UsageOutcome outcome) {
    outcome.added().forEach(row -> marks.add(row.mark(), row.value()));
    outcome.counted().forEach(row -> marks.put(row.mark(), row.value()));
    outcome.forgotten().forEach(marks::remove);
    outcome.otherFirsts().forEach(others::keep);
    UsageMemory left =
        few.isPresent() ? inOneOrSpread(outcome.memory(), few.get()) : outcome.memory();
    store.put(key, isNothing(left) ? null : left);
  }

  /** A rule with steps of which none was done. */
  private static boolean isNothing(UsageMemory memory) {
    return memory.getSteps().isEmpty() && memory.getSettledUntil().isEmpty();
  }

  /** Removes the memory of a person without events. */
  void removeIfEmpty() {
    if (memory.filter(left -> left.getHeld() == 0 && left.getSteps().isEmpty()).isPresent()) {
      store.put(key, null);
    }
  }

  /** Removes the whole memory. */
  void remove() {
    RuleKey.removeBehind(store, key);
    store.put(key, null);
  }

  private UsageMemory inOneOrSpread(UsageMemory memory, MarkList list) {
    if (list.rows().size() > MOST_IN_ONE) {
      list.rows().forEach(row -> rows().add(row.mark(), row.value()));
      return memory;
    }
    return new UsageMemory(
        list.rows().stream().map(UsageRows::mark).toList(),
        memory.getSettledUntil().orElse(null),
        memory.getHeld(),
        memory.getHeldSince().orElse(null),
        memory.getSteps(),
        memory.getHeardAt().orElse(null));
  }

  private MarkRows<UsageMemory> rows() {
    return rows(store, key);
  }

  /** The events of a memory that is spread over several rows. */
  public static MarkRows<UsageMemory> rows(KeyValueStore<String, UsageMemory> store, String key) {
    return new MarkRows<>(store, key, MARKS, NOTHING);
  }

  private static boolean isSpread(UsageMemory memory) {
    return memory.getMarks().isEmpty() && memory.getHeld() > 0;
  }

  private static UsageMark mark(Timeline.Row<Long> row) {
    Mark mark = row.mark();
    return new UsageMark(mark.occurredAt(), mark.eventId(), row.value(), mark.identifier());
  }
}
