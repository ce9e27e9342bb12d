package io.millrace.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.step.SchemaHistory;
import io.millrace.flow.testing.AllTopics;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is written into a topic or a store stays readable for ever. A changed schema is a new file
 * in its history ({@code -Dgolden.write=true} writes it); a released file is never changed.
 */
class SchemaHistoryTest {
  private static final List<String> IN_STORES =
      List.of(
          "AccountDue",
          "AccountIdentifier",
          "AccountIdentifierState",
          "AccountMember",
          "AccountMemberState",
          "AccountPersonState",
          "AccountScoreMemory",
          "AccountTotals",
          "GraphNode",
          "IdentifierState",
          "LinkState",
          "MemberState",
          "OpenPane",
          "RecordOrder",
          "RecordState",
          "ScoreMemory",
          "SeenEvent",
          "SignalMemory",
          "StageHistory",
          "UsageMemory",
          "WaitingEvent");

  static Stream<Schema> written() throws ClassNotFoundException {
    var schemas = new TreeMap<String, Schema>();
    for (var topic : AllTopics.declared()) {
      schemas.put(topic.valueType().getSimpleName(), schema(topic.valueType()));
    }
    for (var name : IN_STORES) {
      schemas.put(name, schema(Class.forName("io.millrace.event." + name)));
    }
    return schemas.values().stream();
  }

  @ParameterizedTest
  @MethodSource("written")
  void endsWithTheSchemaOfToday(Schema today) {
    List<Schema> versions = SchemaHistory.of(today.getName());
    boolean known = !versions.isEmpty() && same(versions.getLast(), today);
    if (!known) {
      Golden.check(
          "src/main/resources/schema-history/%s/%d.avsc"
              .formatted(today.getName(), versions.size() + 1),
          SchemaFormatter.format("json/pretty", today) + "\n");
    }
  }

  @ParameterizedTest
  @MethodSource("written")
  void everyVersionReadsEveryOther(Schema today) {
    for (Schema reader : SchemaHistory.of(today.getName())) {
      for (Schema writer : SchemaHistory.of(today.getName())) {
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType())
            .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
      }
    }
  }

  private static Schema schema(Class<?> type) {
    return SpecificData.get().getSchema(type);
  }

  private static boolean same(Schema one, Schema other) {
    return SchemaNormalization.parsingFingerprint64(one)
        == SchemaNormalization.parsingFingerprint64(other);
  }
}
