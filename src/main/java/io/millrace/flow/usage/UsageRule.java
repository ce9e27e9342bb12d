package io.millrace.flow.usage;

import io.millrace.flow.signal.Settlement;
import io.millrace.flow.signal.Silence;
import java.time.Duration;
import java.util.List;

/** A declared way to tell how an event stands in what its person did before. */
public sealed interface UsageRule {
  String name();

  String description();

  /** Whether an event with these activities counts. */
  boolean counts(List<String> activities);

  /**
   * The how-manieth time within a time.
   *
   * @param within how far back from each event is counted, the moment itself included
   * @param upTo more are not told apart, from 2 to {@value #MOST}
   * @param remember how far behind the person's newest event another may be and still be counted
   */
  record Times(
      String name,
      String description,
      String activity,
      Duration within,
      int upTo,
      Duration remember)
      implements UsageRule {
    /** An event that comes late corrects as many others. */
    public static final int MOST = 1_000;

    static final int DEFAULT_UP_TO = 100;
    static final Duration DEFAULT_REMEMBER = Duration.ofDays(7);

    @Override
    public boolean counts(List<String> activities) {
      return activities.contains(activity);
    }

    /** How long nothing of a person must have arrived for what is remembered to be freed. */
    public Duration forgottenAfter() {
      return Silence.needed(reach());
    }

    Settlement.Reach reach() {
      return new Settlement.Reach(upTo - 1, within, remember);
    }
  }

  /**
   * Which of several steps were done.
   *
   * @param steps activities, in no particular order
   */
  record Steps(String name, String description, List<String> steps) implements UsageRule {
    /** A list that somebody still reads. */
    public static final int MOST = 50;

    public Steps {
      steps = List.copyOf(steps);
    }

    @Override
    public boolean counts(List<String> activities) {
      return activities.stream().anyMatch(steps::contains);
    }
  }
}
