package io.millrace.bench.answers;

import io.millrace.bench.load.MixEvent;
import io.millrace.bench.setup.BenchCluster;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.read.KafkaTopicReader;
import io.millrace.kafka.read.TopicReader;
import io.millrace.kafka.topic.RegistrySerdes;
import io.millrace.model.OwnEvents;

/**
 * The flow's results for the mix, read from its topics as any consumer would.
 *
 * @param answers the events that passed, the minutes and the records
 * @param ordered events on events-ordered
 * @param late events on events-late
 * @param duplicates events on events-duplicate
 * @param dead records on dead-letters
 */
public record FlowAnswers(Answers answers, long ordered, long late, long duplicates, long dead) {

  public static FlowAnswers read(BenchCluster cluster) {
    try (RegistrySerdes serdes = new RegistrySerdes(cluster.registry());
        TopicReader reader = new KafkaTopicReader(cluster.kafka(), serdes)) {
      return read(reader);
    }
  }

  static FlowAnswers read(TopicReader reader) {
    Answers answers = new Answers();
    long[] counts = new long[4];
    reader.read(
        Topics.EVENTS_ORDERED,
        (key, value, partition, offset) ->
            value
                .filter(event -> !OwnEvents.is(event))
                .ifPresent(
                    event -> {
                      counts[0]++;
                      answers.passed(MixEvent.numberOf(event.getEventId()));
                    }));
    reader.read(
        Topics.EVENTS_LATE,
        (key, value, partition, offset) ->
            value.ifPresent(
                event -> {
                  counts[1]++;
                  answers.passed(MixEvent.numberOf(event.getEventId()));
                }));
    reader.read(
        Topics.EVENTS_DUPLICATE,
        (key, value, partition, offset) -> value.ifPresent(event -> counts[2]++));
    reader.read(
        Topics.DEAD_LETTERS,
        (key, value, partition, offset) -> value.ifPresent(letter -> counts[3]++));
    reader.read(
        Topics.ENGAGEMENT_BATCHES,
        (key, value, partition, offset) ->
            value.ifPresent(
                batch ->
                    answers.counted(
                        batch.getPerson(),
                        batch.getWindowStart().toEpochMilli(),
                        batch.getEvents())));
    reader.read(
        Topics.CRM_LEADS,
        (key, value, partition, offset) ->
            value.ifPresent(lead -> answers.status(lead(key), lead.getStatus().orElse(""))));
    return new FlowAnswers(answers, counts[0], counts[1], counts[2], counts[3]);
  }

  /** A lead's number, without the prefix of its id. */
  public static String lead(String id) {
    return id.substring(id.lastIndexOf('-') + 1);
  }

  /** Everything that has an outcome. */
  public long outcomes() {
    return ordered + late + duplicates + dead;
  }

  public String inWords() {
    return "%,d ordered + %,d duplicate + %,d late + %,d dead = %,d"
        .formatted(ordered, duplicates, late, dead, outcomes());
  }
}
