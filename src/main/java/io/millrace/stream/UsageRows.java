package io.millrace.stream;

import io.millrace.event.UsageMemory;
import io.millrace.rule.Engagement;
import io.millrace.rule.StepProgress;
import io.millrace.rule.UsageCounter;
import io.millrace.rule.UsageHistory;
import io.millrace.rule.UsageOutcome;
import io.millrace.rule.UsageRule;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/** What one usage rule remembers of one person, in the stores of the step. */
final class UsageRows {
  private final KeyValueStore<String, UsageMemory> memories;
  private final MarkRows marks;
  private final UsageRule rule;
  private final String person;
  private final String key;

  UsageRows(
      KeyValueStore<String, UsageMemory> memories,
      KeyValueStore<String, Long> marks,
      UsageRule rule,
      String person) {
    this.memories = memories;
    this.marks = new MarkRows(marks, rule.name(), person);
    this.rule = rule;
    this.person = person;
    this.key = rule.name() + "/" + person;
  }

  /** What one more event changes; reads, and writes nothing. */
  Optional<UsageOutcome> add(Engagement engagement) {
    Optional<UsageMemory> memory = Optional.ofNullable(memories.get(key));
    return switch (rule) {
      case UsageRule.Times times ->
          new UsageCounter(times).add(new UsageHistory(memory, marks), person, engagement);
      case UsageRule.Steps steps -> new StepProgress(steps).add(memory, person, engagement);
    };
  }

  void keep(UsageOutcome outcome) {
    outcome.added().ifPresent(row -> marks.add(row.mark(), row.value()));
    outcome.counted().forEach(row -> marks.put(row.mark(), row.value()));
    outcome.forgotten().forEach(marks::forget);
    memories.put(key, outcome.memory());
  }
}
