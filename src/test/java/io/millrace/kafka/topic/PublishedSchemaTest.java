package io.millrace.kafka.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.CrmLead;
import io.millrace.event.Event;
import io.millrace.flow.testing.AllTopics;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.junit.jupiter.api.Test;

class PublishedSchemaTest {
  @Test
  void leavesOutTheHintsForJava() {
    for (Topic<?> topic : AllTopics.declared()) {
      assertThat(PublishedSchema.of(topic.valueType()).toString())
          .describedAs(topic.name())
          .doesNotContain("avro.java.string");
    }
  }

  @Test
  void keepsTheDocumentationAndTheLogicalTypes() {
    Schema schema = PublishedSchema.of(CrmLead.class);

    assertThat(schema.getDoc()).startsWith("Current state of a lead");
    assertThat(schema.getField("updated_at").schema().getLogicalType().getName())
        .isEqualTo("timestamp-millis");
  }

  @Test
  void isReadByTheGeneratedClass() {
    assertThat(
            SchemaCompatibility.checkReaderWriterCompatibility(
                    Event.getClassSchema(), PublishedSchema.of(Event.class))
                .getType())
        .isEqualTo(SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE);
  }
}
