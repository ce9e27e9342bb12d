package io.millrace.flow.naive;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.StageChange;
import io.millrace.event.StageHistory;
import io.millrace.flow.stage.StageOutcome;
import io.millrace.flow.stage.StageTracker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The changes that stand by the announcements alone, as a reader of stages-changed reckons. */
public final class AnnouncedStages {
  private final Map<String, String> standing = new TreeMap<>();

  public static Map<String, String> after(StageTracker tracker, List<Event> arrivals) {
    AnnouncedStages standing = new AnnouncedStages();
    Optional<StageHistory> known = Optional.empty();
    for (Event event : arrivals) {
      Optional<StageOutcome> outcome = tracker.add(known, event);
      if (outcome.isPresent()) {
        known = outcome.map(StageOutcome::history);
        outcome.get().changes().forEach(standing::apply);
      }
    }
    return standing.changes();
  }

  /** Change ids with what is said of them, in the words of the naive model. */
  public Map<String, String> changes() {
    return standing;
  }

  public void apply(StageChange change) {
    String what =
        "%s %s %s%s%s"
            .formatted(
                change.getFromStage().orElse("null"),
                change.getToStage().orElse("null"),
                change.getVerdict(),
                change.getSkipped(),
                change.getContradicted() ? " not " + change.getClaimedPrevious().get() : "");
    String known = standing.get(change.getChangeId());
    switch (change.getStatus()) {
      case "DETECTED" -> assertThat(known).as("%s", change).isNull();
      case "CORRECTED" -> assertThat(known).as("%s", change).isNotNull();
      default -> assertThat(known).as("%s", change).isEqualTo(what);
    }
    if (change.getStatus().equals("RETRACTED")) {
      standing.remove(change.getChangeId());
    } else {
      standing.put(change.getChangeId(), what);
    }
  }
}
