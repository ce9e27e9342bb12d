package io.millrace.flow.naive;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.ActivityMark;
import io.millrace.event.UsageCount;
import io.millrace.event.UsageMemory;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.usage.OtherFirsts;
import io.millrace.flow.usage.StepProgress;
import io.millrace.flow.usage.UsageCounter;
import io.millrace.flow.usage.UsageHistory;
import io.millrace.flow.usage.UsageOutcome;
import io.millrace.flow.usage.UsageRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a usage rule remembers of one person, kept as the step keeps it. */
public final class UsageState {
  final ListedMarks marks = new ListedMarks();
  private final ListedFirsts firsts = new ListedFirsts();
  Optional<UsageMemory> memory = Optional.empty();

  /** First events of other identifiers, in memory. */
  private static final class ListedFirsts implements OtherFirsts {
    private final Map<String, Map<String, ActivityMark>> rows = new TreeMap<>();

    @Override
    public Map<String, ActivityMark> of(String identifier) {
      return rows.getOrDefault(identifier, Map.of());
    }

    @Override
    public Map<String, Map<String, ActivityMark>> all() {
      return rows;
    }

    void keep(String identifier, Map<String, ActivityMark> firsts) {
      rows.remove(identifier);
      if (!firsts.isEmpty()) {
        rows.put(identifier, firsts);
      }
    }
  }

  /** What is said of one more event. */
  public List<UsageCount> add(UsageRule rule, String person, Engagement engagement) {
    Optional<UsageOutcome> outcome =
        switch (rule) {
          case UsageRule.Times times -> new UsageCounter(times).add(history(), person, engagement);
          case UsageRule.Steps steps -> new StepProgress(steps).add(history(), person, engagement);
        };
    outcome.ifPresent(this::keep);
    return outcome.map(UsageOutcome::announced).orElse(List.of());
  }

  private UsageHistory history() {
    return new UsageHistory(memory, marks, firsts);
  }

  private void keep(UsageOutcome outcome) {
    outcome.added().forEach(row -> marks.add(row.mark(), row.value()));
    outcome
        .counted()
        .forEach(row -> assertThat(marks.rows.put(row.mark(), row.value())).isNotNull());
    outcome.forgotten().forEach(marks::forget);
    outcome.otherFirsts().forEach(firsts::keep);
    memory = Optional.of(outcome.memory());
    assertThat(outcome.memory().getHeld()).isEqualTo(marks.rows.size());
  }
}
