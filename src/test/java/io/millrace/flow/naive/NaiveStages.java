package io.millrace.flow.naive;

import io.millrace.event.Event;
import io.millrace.model.EventKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands of the small lifecycle, found the naive way: one sorted list, lived from front to
 * back, and every move looked up in a list written by hand.
 */
public final class NaiveStages {
  private static final Map<String, String> MOVES =
      Map.ofEntries(
          Map.entry("a b", "ALLOWED[]"),
          Map.entry("a c", "SKIPPED[b]"),
          Map.entry("a d", "SKIPPED[b, c]"),
          Map.entry("a lost", "ALLOWED[]"),
          Map.entry("b c", "ALLOWED[]"),
          Map.entry("b d", "SKIPPED[c]"),
          Map.entry("b lost", "ALLOWED[]"),
          Map.entry("c b", "ALLOWED[]"),
          Map.entry("c d", "ALLOWED[]"),
          Map.entry("c lost", "ALLOWED[]"),
          Map.entry("lost a", "ALLOWED[]"),
          Map.entry("created a", "INITIAL[]"),
          Map.entry("created b", "SKIPPED[a]"),
          Map.entry("created c", "SKIPPED[a, b]"),
          Map.entry("created d", "SKIPPED[a, b, c]"));

  private static final Comparator<Event> ORDER =
      Comparator.comparing(Event::getOccurredAt)
          .thenComparingInt(NaiveStages::rank)
          .thenComparing(event -> event.getSource() + "/" + event.getEventId());

  private final Map<String, String> standing = new TreeMap<>();

  private NaiveStages() {}

  /** Change ids with what is said of them, each event once. */
  public static Map<String, String> standing(Collection<Event> events) {
    NaiveStages model = new NaiveStages();
    List<Event> life = new ArrayList<>();
    boolean deleted = false;
    for (Event event : events.stream().sorted(ORDER).toList()) {
      life.add(event);
      if (event.getEventType().equals("lead.deleted")) {
        model.live(life, deleted);
        deleted = true;
        life.clear();
      }
    }
    model.live(life, deleted);
    return model.standing;
  }

  private void live(List<Event> life, boolean deleted) {
    boolean created = life.stream().anyMatch(each -> each.getEventType().equals("lead.created"));
    if (deleted && !created) {
      return;
    }
    String stage = "";
    String owner = "unsaid";
    for (Event event : life) {
      if (event.getEventType().equals("lead.deleted")) {
        if (!stage.isEmpty()) {
          say(event, "status", stage + " null ENDED[]");
        }
        return;
      }
      String said = stage(event);
      if (!said.isEmpty() && !said.equals(stage)) {
        String claimed = canonical(event.getPrevious().get("status"));
        boolean contradicted = !stage.isEmpty() && !claimed.isEmpty() && !claimed.equals(stage);
        String from = stage.isEmpty() && !claimed.equals(said) ? claimed : stage;
        say(
            event,
            "status",
            "%s %s %s%s"
                .formatted(
                    from.isEmpty() ? "null" : from,
                    said,
                    verdict(from, said, created),
                    contradicted ? " not " + claimed : ""));
        stage = said;
      }
      if (event.getData().containsKey("owner")) {
        String next = String.valueOf(event.getData().get("owner"));
        String known = owner.equals("unsaid") ? "null" : owner;
        if (!next.equals(known)) {
          String verdict = owner.equals("unsaid") ? "INITIAL[]" : "CHANGED[]";
          say(event, "owner", known + " " + next + " " + verdict);
        }
        owner = next;
      }
    }
  }

  private void say(Event event, String field, String what) {
    standing.put("lead/L-1|" + field + "|" + EventKeys.identity(event), what);
  }

  private static int rank(Event event) {
    return switch (event.getEventType()) {
      case "lead.created" -> 0;
      case "lead.deleted" -> 2;
      default -> 1;
    };
  }

  private static String stage(Event event) {
    return switch (event.getEventType()) {
      case "lead.qualified" -> "c";
      case "lead.lost" -> "lost";
      case "lead.created" -> {
        String said = canonical(event.getData().get("status"));
        yield said.isEmpty() ? "a" : said;
      }
      default -> canonical(event.getData().get("status"));
    };
  }

  private static String canonical(@Nullable String said) {
    return said == null || said.isBlank()
        ? ""
        : switch (said) {
          case "Alpha", "A" -> "a";
          case "LOST" -> "lost";
          default -> said;
        };
  }

  private static String verdict(String from, String to, boolean created) {
    if (from.startsWith("Z") || to.startsWith("Z")) {
      return "UNKNOWN_STAGE[]";
    }
    if (from.isEmpty() && !created) {
      return "INITIAL[]";
    }
    String move = (from.isEmpty() ? "created" : from) + " " + to;
    return MOVES.getOrDefault(move, "NOT_ALLOWED[]");
  }
}
