package io.millrace.flow.usage;

import io.millrace.flow.signal.Cutoff;
import io.millrace.flow.signal.Silence;
import java.time.Duration;
import java.util.List;

/** A declared rule that places an event among what its person did before. */
public sealed interface UsageRule {
  String name();

  String description();

  /** Whether an event with these activities counts. */
  boolean counts(List<String> activities);

  /**
   * The occurrence number within a time span.
   *
   * @param within how far back from each event to count, inclusive
   * @param upTo the highest number that is reported, from 2 to {@value #MOST}
   * @param remember how much older than the person's newest event another one may be and still be
   *     counted
   */
  record Times(
      String name,
      String description,
      String activity,
      Duration within,
      int upTo,
      Duration remember)
      implements UsageRule {
    /** A late event corrects up to this many others. */
    public static final int MOST = 1_000;

    static final int DEFAULT_UP_TO = 100;
    static final Duration DEFAULT_REMEMBER = Duration.ofDays(7);

    @Override
    public boolean counts(List<String> activities) {
      return activities.contains(activity);
    }

    /** How long a person must be silent before the memory is removed. */
    public Duration forgottenAfter() {
      return Silence.needed(lookBack());
    }

    Cutoff.LookBack lookBack() {
      return new Cutoff.LookBack(upTo - 1, within, remember);
    }
  }

  /**
   * Which of several steps were done.
   *
   * @param steps activities, in no particular order
   */
  record Steps(String name, String description, List<String> steps) implements UsageRule {
    /** The longest list of steps. */
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
