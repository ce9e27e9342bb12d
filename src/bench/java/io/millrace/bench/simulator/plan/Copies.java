package io.millrace.bench.simulator.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.bench.simulator.life.Dice;
import io.millrace.bench.simulator.life.SimulatedEvent;
import io.millrace.bench.simulator.life.SourceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Events that are sent in addition to the story's own: duplicates, or copies with a field missing.
 */
final class Copies {
  /** The field without which an event cannot be identified or assigned to a record. */
  private static final Map<String, String> MANDATORY =
      Map.of(
          SourceNames.LEADS, "event_id",
          SourceNames.CRM, "objectId",
          SourceNames.EMAIL, "email");

  private Copies() {}

  /** Duplicates of events, each some time after the original. */
  static List<Draft> duplicates(List<Draft> drafts, double rate, Dice dice) {
    List<Draft> copies = new ArrayList<>();
    for (Draft draft : drafts) {
      if (dice.chance(rate)) {
        List<SimulatedEvent> last = draft.deliveries().get(draft.deliveries().size() - 1);
        copies.add(Draft.together(after(draft.position(), dice), dice.pick(last)));
      }
    }
    return copies;
  }

  /** Events without a mandatory field, sent among good ones. */
  static List<Draft> unusable(String source, List<Draft> drafts, double rate, Dice dice) {
    String field = MANDATORY.get(source);
    List<Draft> broken = new ArrayList<>();
    if (field == null) {
      return broken;
    }
    for (Draft draft : drafts) {
      if (draft.joins() && dice.chance(rate)) {
        SimulatedEvent event = draft.deliveries().get(0).get(0);
        ObjectNode body = event.body().deepCopy();
        body.remove(field);
        String id = event.id() + "-without-" + field;
        broken.add(Draft.together(after(draft.position(), dice), event.unusable(id, body)));
      }
    }
    return broken;
  }

  /** A position after another one, within the run. */
  static double after(double position, Dice dice) {
    return Math.min(1, Math.nextUp(position) + dice.fraction() * 0.2);
  }
}
