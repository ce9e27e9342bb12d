package io.millrace.flow.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.event.Event;
import io.millrace.event.RecordState;
import io.millrace.flow.record.RecordMerge;
import io.millrace.flow.testing.TestEvent;
import io.millrace.kafka.format.NewerStateException;
import io.millrace.model.EventOrder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.KafkaException;
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

  @Test
  void aValueOfANewerVersionIsNeverTheFaultOfAnEvent() {
    var bytes = written();
    bytes[3] ^= 1;

    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(NewerStateException.class)
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("RecordState")
        .hasMessageContaining("Run that version");
  }

  @Test
  void damageIsNeverTheFaultOfAnEvent() {
    var seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      var written = written();
      var bytes = Arrays.copyOf(written, random.nextInt(written.length + 1));
      for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        read(bytes);
      } catch (KafkaException troubleWithAStore) {
        // As it should be.
      } catch (RuntimeException other) {
        throw new AssertionError("seed " + seed + ", " + Arrays.toString(bytes), other);
      }
    }
  }

  private static byte[] written() {
    var event = TestEvent.of("lead.updated", "lead/1").data("status", "new").at(5).build();
    return StateSerde.of(RecordState.class)
        .serializer()
        .serialize("any", RecordMerge.merge(Optional.empty(), event));
  }

  private static RecordState read(byte[] bytes) {
    return StateSerde.of(RecordState.class).deserializer().deserialize("any", bytes);
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
