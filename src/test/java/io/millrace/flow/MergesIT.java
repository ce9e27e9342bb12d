package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.CrmLead;
import io.millrace.event.Event;
import io.millrace.flow.naive.NaiveRecords;
import io.millrace.flow.record.CrmRecords;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.FlowAccount;
import io.millrace.flow.testing.FlowCluster;
import io.millrace.flow.testing.FlowCluster.Sent;
import io.millrace.flow.testing.FlowProcess;
import io.millrace.flow.testing.ObservedTopics;
import io.millrace.flow.testing.TestEvent;
import io.millrace.flow.testing.TestRules;
import io.millrace.kafka.read.ReadThrough;
import io.millrace.kafka.read.TopicOffsets;
import io.millrace.model.EventKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Merges of records that live in different partitions, worked on by two processes: what one record
 * tells another goes through Kafka, and may overtake anything. To repeat a failure run with
 * -Dseed=SEED.
 */
class MergesIT {
  private static final String PREFIX = "merges";
  private static final int LEADS = 60;
  private static final int EVENTS = 1_500;

  @TempDir private Path directory;

  @Test
  void recordsOfAllPartitionsEndAsTheNaiveModelSays() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    List<Event> events = events(new Random(seed));
    try (FlowCluster cluster = FlowCluster.start(directory.resolve("broker"))) {
      cluster.reset();
      try (ObservedTopics observed = new ObservedTopics(cluster);
          TopicOffsets offsets = new TopicOffsets(cluster.kafka());
          ReadThrough groups = new ReadThrough(cluster.kafka(), offsets);
          FlowProcess first = process(cluster, "1")) {
        cluster.send(Topics.RECORD_EVENTS, sent(events.subList(0, EVENTS / 2)));
        FlowCluster.until(
            "some are merged",
            Duration.ofSeconds(60),
            () -> {
              observed.look();
              assertThat(observed.records(Topics.RECORD_HISTORIES)).isNotEmpty();
            });
        try (FlowProcess second = process(cluster, "2")) {
          cluster.send(Topics.RECORD_EVENTS, sent(events.subList(EVENTS / 2, EVENTS)));
          FlowCluster.until(
              "nothing waits and nothing is under way",
              Duration.ofSeconds(60),
              () -> {
                observed.look();
                assertThat(FlowAccount.outcomes(observed)).isEqualTo(EVENTS);
                assertThat(first.waiting() + second.waiting()).isZero();
                assertThat(behind(groups)).isEmpty();
              });
        }
        observed.lookAtAll();
        assertThat(observed.values(Topics.DEAD_LETTERS)).isEmpty();
        assertThat(rows(observed)).as("seed %d", seed).isEqualTo(expected(events));
      }
    }
  }

  private FlowProcess process(FlowCluster cluster, String instance) {
    return new FlowProcess(
            cluster.kafka(),
            "records",
            FlowProcess.settings(PREFIX, instance, directory.resolve(instance), "classic"),
            (delivery, partition, offset) -> List.of(),
            TestRules.impatient(),
            new Topology())
        .start();
  }

  private static List<String> behind(ReadThrough groups) {
    List<String> behind = new ArrayList<>();
    behind.addAll(groups.behind(PREFIX + "-records", Topics.RECORD_EVENTS.name()));
    behind.addAll(groups.behind(PREFIX + "-records", Topics.RECORDS_MERGED.name()));
    behind.addAll(groups.behind(PREFIX + "-records", Topics.RECORD_HISTORIES.name()));
    return behind;
  }

  private static Map<String, CrmLead> rows(ObservedTopics observed) {
    Map<String, CrmLead> rows = new TreeMap<>();
    for (ConsumerRecord<String, byte[]> row : observed.records(Topics.CRM_LEADS)) {
      if (row.value() == null) {
        rows.remove(row.key());
      } else {
        rows.put(row.key(), ObservedTopics.value(Topics.CRM_LEADS, row.value()));
      }
    }
    return rows;
  }

  private static Map<String, CrmLead> expected(List<Event> events) {
    Map<String, CrmLead> rows = new TreeMap<>();
    NaiveRecords.records(events)
        .forEach((id, lead) -> rows.put(id, CrmRecords.of(CrmLead.class).of(id, lead)));
    return rows;
  }

  /** Lives of leads that are created, changed, merged and sometimes deleted, told out of order. */
  private static List<Event> events(Random random) {
    long now = System.currentTimeMillis();
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      String lead = "lead/" + lead(random);
      TestEvent event =
          switch (i < LEADS ? 0 : random.nextInt(40)) {
            case 0 -> TestEvent.of("lead.created", i < LEADS ? "lead/L-" + i : lead);
            case 1 -> TestEvent.of("lead.deleted", lead);
            case 2 -> TestEvent.of("lead.merged", lead).data("merged_ids", lead(random));
            default -> TestEvent.of("lead.updated", lead);
          };
      event.id("e" + i).at(now - EVENTS + i).received(now).offset(i);
      event.source(random.nextBoolean() ? "crm" : "billing");
      events.add(event.data("f" + random.nextInt(5), "v" + i).build());
    }
    Collections.shuffle(events, random);
    return events;
  }

  private static String lead(Random random) {
    return "L-" + random.nextInt(LEADS);
  }

  private static List<Sent<Event>> sent(List<Event> events) {
    return events.stream()
        .map(
            event ->
                new Sent<>(EventKeys.record(event), event, event.getReceivedAt().toEpochMilli()))
        .toList();
  }
}
