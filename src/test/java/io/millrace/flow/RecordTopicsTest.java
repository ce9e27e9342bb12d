package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.flow.testing.RecordsFlow;
import io.millrace.flow.testing.TestEvent;
import io.millrace.flow.testing.TestRules;
import io.millrace.kafka.provision.TopicSettings;
import io.millrace.kafka.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A type of record is a schema, a topic and a line of ordering.yaml; no class knows it. */
class RecordTopicsTest {
  private static final Path TOPOLOGY = Path.of("topology");
  private static final String TICKETS =
      """
        crm-tickets:
          value: CrmTicket
          key: the record's id
          owner: stream records
          readers: [warehouse]
          cleanup: compact
      """;

  @TempDir private Path directory;

  @Test
  void findsTypesOfRecordsInTheirOrder() {
    assertThat(TestRules.real().records().byType().keySet())
        .containsExactly("lead", "contact", "deal", "account");
  }

  @Test
  void anotherTypeOfRecordIsDataOnly() throws IOException {
    FlowRules rules = FlowRules.load(topics(TICKETS), rules("  ticket: {reorderWindow: PT4S}\n"));
    Topic<?> tickets = Objects.requireNonNull(rules.records().byType().get("ticket"));

    try (RecordsFlow flow = new RecordsFlow(rules)) {
      flow.arrive(ticket("ticket.updated").at(2).data("priority", "high").data("plan", "gold"));
      flow.arrive(ticket("ticket.created").at(1).data("subject", "It hums"));
      flow.pass(Duration.ofSeconds(3));
      assertThat(flow.read(tickets)).hasSize(1);
      flow.pass(Duration.ofSeconds(3));
      flow.arrive(ticket("ticket.deleted").at(3));
      flow.pass(Duration.ofSeconds(5));

      List<? extends TestRecord<String, ? extends SpecificRecord>> written = flow.read(tickets);
      assertThat(written).extracting(TestRecord::key).containsOnly("T-1");
      IndexedRecord row = written.getFirst().value();
      assertThat(row.getSchema().getName()).isEqualTo("CrmTicket");
      assertThat(row.get(1)).isEqualTo("It hums");
      assertThat(row.get(2)).isEqualTo("high");
      assertThat(row.get(3)).isEqualTo(Map.of("plan", "gold"));
      assertThat(written.getLast().value()).isNull();
      assertThat(flow.deadLetters()).isEmpty();
    }
  }

  @Test
  void refusesTwoTopicsForOneTypeOfRecord() throws IOException {
    TopicSettings twice =
        TopicSettings.load(topics(TICKETS + TICKETS.replace("crm-tickets", "more-tickets")));

    assertThatThrownBy(() -> RecordTopics.of(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("crm-tickets and more-tickets both hold CrmTicket");
  }

  private static TestEvent ticket(String type) {
    return TestEvent.of(type, "ticket/T-1").id(type);
  }

  private Path topics(String more) throws IOException {
    String topics = Files.readString(TOPOLOGY.resolve("topics.yaml"));
    return Files.writeString(directory.resolve("topics.yaml"), topics + more);
  }

  private Path rules(String more) throws IOException {
    try (Stream<Path> files = Files.list(TOPOLOGY.resolve("rules"))) {
      for (Path file : files.toList()) {
        Files.copy(file, directory.resolve(file.getFileName().toString()));
      }
    }
    Path ordering = directory.resolve("ordering.yaml");
    String rules = Files.readString(ordering).replace("\nrecords:\n", "\nrecords:\n" + more);
    Files.writeString(ordering, rules);
    return directory;
  }
}
