package io.millrace.deadletter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Waits for what becomes of replayed letters: each ends in a topic, or as a letter again. */
public final class ReplayWatch {
  private final Map<String, Integer> underWay;
  private int settled;
  private int failed;

  /**
   * @param replays the number of its replay by each letter's id
   */
  public ReplayWatch(Map<String, Integer> replays) {
    underWay = new HashMap<>(replays);
  }

  /** What has been learnt from another look at the letters, a line for each outcome. */
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
        settled++;
        outcomes.add(letter.id() + "  is in " + letter.settled().orElseThrow());
      }
    }
    return outcomes;
  }

  /** Ids of those that have not ended yet. */
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
