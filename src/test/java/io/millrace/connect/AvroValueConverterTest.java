package io.millrace.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.event.CrmLead;
import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.event.Lineage;
import io.millrace.event.RecordRef;
import io.millrace.kafka.topic.PublishedSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.Test;

class AvroValueConverterTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

  @Test
  void givesARowWithAColumnForEachField() {
    SchemaAndValue row = converter(CrmLead.class).toConnectData("crm-leads", bytes(lead("Ada")));

    Struct value = (Struct) row.value();
    assertThat(value.getString("id")).isEqualTo("L-1");
    assertThat(value.getString("first_name")).isEqualTo("Ada");
    assertThat(value.get("last_name")).isNull();
    assertThat(Timestamp.fromLogical(row.schema().field("updated_at").schema(), updatedAt(value)))
        .isEqualTo(NOON.toEpochMilli());
    assertThat(row.schema().field("id").schema().isOptional()).isFalse();
    assertThat(row.schema().field("email").schema().isOptional()).isTrue();
  }

  @SuppressWarnings("JavaUtilDate") // Connect's timestamps are of that class.
  private static java.util.Date updatedAt(Struct row) {
    return (java.util.Date) row.get("updated_at");
  }

  @Test
  void makesJsonOfWhatAColumnCannotHold() {
    SchemaAndValue row = converter(Event.class).toConnectData("events-ordered", bytes(event()));

    Struct value = (Struct) row.value();
    assertThat(value.getString("record")).isEqualTo("{\"type\":\"lead\",\"id\":\"L-1\"}");
    assertThat(value.getString("data")).isEqualTo("{\"a\":\"1\",\"b\":\"2\"}");
    assertThat(value.getString("metadata")).contains("\"tags\":[\"x\",\"y\"]", "\"offset\":5");
    Schema data = row.schema().field("data").schema();
    assertThat(data.name()).isEqualTo("io.debezium.data.Json");
    assertThat(data.parameters()).containsEntry("__debezium.source.column.type", "JSONB");
  }

  @Test
  void replacesTheOneCharacterPostgresqlCannotStore() {
    SchemaAndValue row =
        converter(CrmLead.class).toConnectData("crm-leads", bytes(lead("A\u0000da")));

    assertThat(((Struct) row.value()).getString("first_name")).isEqualTo("A\uFFFDda");
  }

  @Test
  void passesATombstoneOn() {
    assertThat(converter(CrmLead.class).toConnectData("crm-leads", null))
        .isEqualTo(SchemaAndValue.NULL);
  }

  @Test
  void explainsAValueItCannotRead() {
    assertThatThrownBy(() -> converter(Event.class).toConnectData("events-ordered", new byte[] {1}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("events-ordered")
        .hasMessageContaining("Confluent wire format");
  }

  @Test
  void refusesToWrite() {
    assertThatThrownBy(() -> converter(Event.class).fromConnectData("t", Schema.STRING_SCHEMA, "x"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("read-only");
  }

  @Test
  void isFoundByConnect() {
    assertThat(ServiceLoader.load(Converter.class))
        .hasAtLeastOneElementOfType(AvroValueConverter.class);
  }

  private static AvroValueConverter converter(Class<? extends SpecificRecordBase> type) {
    AvroValueConverter converter = new AvroValueConverter();
    converter.configure(
        Map.of(
            "registry.url",
            "http://registry",
            "registry.deserializer",
            LocalDeserializer.class.getName(),
            "registry.property.type",
            type.getName()),
        false);
    return converter;
  }

  private static CrmLead lead(String firstName) {
    return CrmLead.newBuilder().setId("L-1").setFirstName(firstName).setUpdatedAt(NOON).build();
  }

  private static Event event() {
    return Event.newBuilder()
        .setEventId("e-1")
        .setEventType("lead.created")
        .setSource("crm")
        .setOccurredAt(NOON)
        .setReceivedAt(NOON)
        .setRecord(new RecordRef("lead", "L-1"))
        .setData(Map.of("b", "2", "a", "1"))
        .setMetadata(
            EventMetadata.newBuilder()
                .setTags(List.of("x", "y"))
                .setAssurance("NONE")
                .setAttempts(List.of())
                .setProblems(List.of())
                .setLineage(new Lineage("d-1", 0, 5L, 0))
                .build())
        .build();
  }

  private static byte[] bytes(SpecificRecordBase record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      new SpecificDatumWriter<>(record.getSchema(), record.getSpecificData())
          .write(record, encoder);
      encoder.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Reads without a registry: the schema is the one named in its properties. */
  public static final class LocalDeserializer implements Deserializer<Object> {
    private org.apache.avro.Schema schema =
        org.apache.avro.Schema.create(org.apache.avro.Schema.Type.NULL);

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
      try {
        Class<?> type = Class.forName(String.valueOf(configs.get("type")));
        schema = PublishedSchema.of(type.asSubclass(SpecificRecordBase.class));
      } catch (ClassNotFoundException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public Object deserialize(String topic, byte[] bytes) {
      try {
        return new GenericDatumReader<>(schema)
            .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
