package io.millrace.flow.naive;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.UsageCount;
import io.millrace.event.UsageMemory;
import io.millrace.flow.engagement.Engagement;
import io.millrace.flow.usage.StepProgress;
import io.millrace.flow.usage.UsageCounter;
import io.millrace.flow.usage.UsageHistory;
import io.millrace.flow.usage.UsageOutcome;
import io.millrace.flow.usage.UsageRule;
import java.util.List;
import java.util.Optional;

/** What a usage rule remembers of one person, kept as the step keeps it. */
public final class UsageState {
  final ListedMarks marks = new ListedMarks();
  Optional<UsageMemory> memory = Optional.empty();

  /** What is said of one more event. */
  public List<UsageCount> add(UsageRule rule, String person, Engagement engagement) {
    Optional<UsageOutcome> outcome =
        switch (rule) {
          case UsageRule.Times times ->
              new UsageCounter(times).add(new UsageHistory(memory, marks), person, engagement);
          case UsageRule.Steps steps -> new StepProgress(steps).add(memory, person, engagement);
        };
    outcome.ifPresent(this::keep);
    return outcome.map(UsageOutcome::announced).orElse(List.of());
  }

  private void keep(UsageOutcome outcome) {
    outcome.added().ifPresent(row -> marks.add(row.mark(), row.value()));
    outcome
        .counted()
        .forEach(row -> assertThat(marks.rows.put(row.mark(), row.value())).isNotNull());
    outcome.forgotten().forEach(marks::forget);
    memory = Optional.of(outcome.memory());
    assertThat(outcome.memory().getHeld()).isEqualTo(marks.rows.size());
  }
}
