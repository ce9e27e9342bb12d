package io.millrace.deadletter;

import io.millrace.flow.step.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Waits for the outcomes of replayed dead letters: each ends in a topic, or as a dead letter again.
 */
public final class ReplayWatch {
  private final Map<String, Integer> underWay;
  private int settled;
  private int failed;

  /**
   * @param replays the number of the replay, by dead letter id
   */
  public ReplayWatch(Map<String, Integer> replays) {
    underWay = new HashMap<>(replays);
  }

  /** The new outcomes since the last look, one line each. */
  public List<String> look(List<Letter> letters) {
    List<String> outcomes = new ArrayList<>();
    for (Letter letter : letters) {
      int number = underWay.getOrDefault(letter.id(), Integer.MAX_VALUE);
      if (letter.letter().getReplay() >= number) {
        failed++;
        underWay.remove(letter.id());
        outcomes.add(
            "%s  failed again: %s: %s"
                .formatted(
                    letter.id(),
                    letter.lastAttempt().getReason(),
                    letter.lastAttempt().getError()));
      } else if (!letter.isOpen() && underWay.remove(letter.id()) != null) {
        String topic = letter.settled().orElseThrow();
        boolean haveFailed = topic.equals(Topics.DEAD_LETTERS.name());
        failed += haveFailed ? 1 : 0;
        settled += haveFailed ? 0 : 1;
        outcomes.add(
            letter.id()
                + (haveFailed
                    ? "  failed again: its parts are dead letters now"
                    : "  is in " + topic));
      }
    }
    return outcomes;
  }

  /** Ids of the dead letters without an outcome so far. */
  public List<String> underWay() {
    return List.copyOf(new TreeSet<>(underWay.keySet()));
  }

  public int settled() {
    return settled;
  }

  public int failed() {
    return failed;
  }
}
