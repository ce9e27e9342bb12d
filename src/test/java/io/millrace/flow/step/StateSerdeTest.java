package io.millrace.flow.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.RecordState;
import io.millrace.flow.record.RecordMerge;
import io.millrace.flow.testing.TestEvent;
import io.millrace.model.EventOrder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;

class StateSerdeTest {

  @Test
  void readsWhatEveryReleasedVersionWrote() throws IOException {
    var event = TestEvent.of("lead.created", "lead/1").data("email", "ada@example.com").build();

    for (Schema version : SchemaHistory.of("Event")) {
      var stored =
          new BinaryMessageEncoder<GenericRecord>(GenericData.get(), version)
              .encode(asWrittenBy(version, event));
      var bytes = new byte[stored.remaining()];
      stored.get(bytes);

      assertThat(StateSerde.of(Event.class).deserializer().deserialize("any", bytes))
          .isEqualTo(event);
    }
  }

  @Test
  void recordOfTheFirstVersionIsSeenAsItWas() throws IOException {
    var version = SchemaHistory.of("RecordState").getFirst();
    var fieldVersion = version.getField("fields").schema().getValueType();
    var event = TestEvent.of("lead.updated", "lead/1").at(5).build();
    var deletion = TestEvent.of("lead.deleted", "lead/1").at(4).build();
    var field = new GenericData.Record(fieldVersion);
    field.put("value", "new");
    field.put("stamp", EventOrder.stamp(event));
    var old = new GenericData.Record(version);
    old.put("fields", Map.of("status", field));
    old.put("sources", Map.of("crm", EventOrder.stamp(event)));
    old.put("deleted", EventOrder.stamp(deletion));
    var hidden = read(old);
    old.put("created", EventOrder.stamp(event));

    assertThat(RecordMerge.visible("1", hidden)).isEmpty();
    assertThat(RecordMerge.visible("1", read(old)).orElseThrow().fields())
        .isEqualTo(Map.of("status", "new"));
  }

  private static RecordState read(GenericRecord old) throws IOException {
    var stored =
        new BinaryMessageEncoder<GenericRecord>(GenericData.get(), old.getSchema()).encode(old);
    var bytes = new byte[stored.remaining()];
    stored.get(bytes);
    return StateSerde.of(RecordState.class).deserializer().deserialize("any", bytes);
  }

  private static GenericRecord asWrittenBy(Schema version, Event event) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new SpecificDatumWriter<>(Event.class).write(event, encoder);
    encoder.flush();
    return new GenericDatumReader<GenericRecord>(Event.getClassSchema(), version)
        .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
  }
}
