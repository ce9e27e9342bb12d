package io.millrace.flow.testing;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.DeadLetter;
import io.millrace.event.DuplicateEvent;
import io.millrace.event.EngagementBatch;
import io.millrace.event.Event;
import io.millrace.event.LeadScoreChange;
import io.millrace.event.Lineage;
import io.millrace.flow.step.Topics;
import io.millrace.model.EventKeys;
import io.millrace.model.RecordTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps count of what became of every event that was handed to the flow. */
public final class FlowAccount {
  /** The source of what the flow says itself; it belongs to no delivery. */
  private static final String OURSELVES = "millrace";

  private FlowAccount() {}

  /** How many outcomes there are so far; each event that arrived has exactly one. */
  public static long outcomes(ObservedTopics observed) {
    return observed.values(Topics.EVENTS_ORDERED).stream()
            .filter(event -> !event.getSource().equals(OURSELVES))
            .count()
        + observed.records(Topics.EVENTS_LATE).size()
        + observed.records(Topics.EVENTS_DUPLICATE).size()
        + observed.records(Topics.DEAD_LETTERS).size();
  }

  /** How many events of people were admitted. */
  static long engaged(ObservedTopics observed) {
    return observed.values(Topics.EVENTS_ORDERED).stream()
        .filter(event -> isEngagement(event) && !event.getSource().equals(OURSELVES))
        .count();
  }

  /** How many events are in a batch. */
  static long batched(ObservedTopics observed) {
    return observed.values(Topics.ENGAGEMENT_BATCHES).stream()
        .mapToLong(EngagementBatch::getEvents)
        .sum();
  }

  /** Nothing is lost, nothing is there twice, and every record's events are in order. */
  static void verify(String name, FlowStory story, ObservedTopics observed) {
    List<Event> normalized = new ArrayList<>(observed.values(Topics.RECORD_EVENTS));
    normalized.addAll(observed.values(Topics.ENGAGEMENT_EVENTS));
    List<Event> ordered = new ArrayList<>(observed.values(Topics.EVENTS_ORDERED));
    ordered.removeIf(event -> event.getSource().equals(OURSELVES));
    List<Event> admitted = new ArrayList<>(ordered);
    admitted.addAll(observed.values(Topics.EVENTS_LATE));

    assertThat(normalized.stream().map(FlowAccount::part))
        .as(name + ": every part of every delivery is an event once")
        .doesNotHaveDuplicates()
        .hasSize((int) story.parts());
    assertThat(observed.values(Topics.DEAD_LETTERS)).extracting(DeadLetter::getReason).isEmpty();
    List<String> outcomes = new ArrayList<>();
    admitted.forEach(event -> outcomes.add(part(event)));
    observed.values(Topics.EVENTS_DUPLICATE).stream()
        .map(DuplicateEvent::getLineage)
        .forEach(lineage -> outcomes.add(part(lineage)));
    assertThat(outcomes)
        .as(name + ": every part has one outcome")
        .containsExactlyInAnyOrderElementsOf(normalized.stream().map(FlowAccount::part).toList());
    assertThat(admitted.stream().map(EventKeys::identity))
        .as(name + ": every event is admitted once")
        .doesNotHaveDuplicates()
        .hasSameElementsAs(normalized.stream().map(EventKeys::identity).toList());
    ordered.stream()
        .filter(event -> !isEngagement(event))
        .collect(groupingBy(EventKeys::record))
        .forEach(
            (record, events) ->
                assertThat(events.stream().map(TestEvent::place))
                    .as(name + ": " + record + " is in order")
                    .isSorted());
    assertThat(observed.values(Topics.ENGAGEMENT_BATCHES))
        .extracting(EngagementBatch::getBatchId)
        .as(name + ": no batch is there twice")
        .doesNotHaveDuplicates();
    assertChained(name, observed.values(Topics.LEAD_SCORES_CHANGED));
  }

  private static void assertChained(String name, List<LeadScoreChange> changes) {
    Map<String, Integer> before = new HashMap<>();
    for (LeadScoreChange change : changes) {
      assertThat(change.getPreviousScore())
          .as(name + ": each score follows from the one before")
          .isEqualTo(before.getOrDefault(change.getPerson(), 0));
      before.put(change.getPerson(), change.getScore());
    }
  }

  private static String part(Event event) {
    return part(event.getMetadata().getLineage());
  }

  private static String part(Lineage lineage) {
    return lineage.getDeliveryId() + "/" + lineage.getIndex();
  }

  static boolean isEngagement(Event event) {
    return RecordTypes.isPerson(event.getRecord());
  }

  /** The key an event has in the topic its role reads. */
  public static String key(Event event) {
    return isEngagement(event) ? event.getRecord().getId() : EventKeys.record(event);
  }
}
