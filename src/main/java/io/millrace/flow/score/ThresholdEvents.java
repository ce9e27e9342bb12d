package io.millrace.flow.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.event.Contribution;
import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.event.Lineage;
import io.millrace.event.PersonIdentity;
import io.millrace.event.RecordRef;
import io.millrace.model.Assurance;
import io.millrace.model.OwnEvents;
import io.millrace.model.RecordTypes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The events that Millrace itself raises when a score reaches a threshold. */
public final class ThresholdEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ThresholdEvents() {}

  /**
   * The event for a person's score that has reached a threshold, with the number of times so far.
   */
  static Event reached(
      Threshold threshold,
      int number,
      String person,
      ScoreCause cause,
      ModelScore score,
      int previousScore,
      Instant asOf) {
    return Event.newBuilder()
        .setEventId(person + "|" + threshold.name() + "|" + number)
        .setEventType(threshold.raises())
        .setSource(OwnEvents.SOURCE)
        .setOccurredAt(asOf)
        .setReceivedAt(cause.arrival())
        .setRecord(new RecordRef(RecordTypes.PERSON, person))
        .setPerson(person(person))
        .setData(
            Map.of(
                "threshold", threshold.name(),
                "score", Integer.toString(score.score()),
                "previous_score", Integer.toString(previousScore),
                "model", score.model(),
                "contributions", json(score.contributions())))
        .setMetadata(
            EventMetadata.newBuilder()
                .setAssurance(Assurance.NONE.name())
                .setLineage(new Lineage(cause.text(), -1, -1L, -1))
                .build())
        .build();
  }

  /** A key with an @ is an e-mail address, unless it is an id prefixed with its kind. */
  private static PersonIdentity person(String key) {
    boolean address = key.indexOf('@') > 0 && key.indexOf(':') < 0;
    return PersonIdentity.newBuilder().setKey(key).setEmail(address ? key : null).build();
  }

  /** Contributions as the text of an event's field. */
  public static String json(List<Contribution> contributions) {
    List<Map<String, Object>> tree =
        contributions.stream()
            .map(
                contribution -> {
                  Map<String, Object> fields = new LinkedHashMap<>();
                  fields.put("rule", contribution.getRule());
                  fields.put("count", contribution.getCount());
                  fields.put("points", contribution.getPoints());
                  return fields;
                })
            .toList();
    try {
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Texts and numbers could not be written", impossible);
    }
  }
}
