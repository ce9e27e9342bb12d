package io.millrace.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.rule.TestEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

  private static GenericRecord asWrittenBy(Schema version, Event event) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new SpecificDatumWriter<>(Event.class).write(event, encoder);
    encoder.flush();
    return new GenericDatumReader<GenericRecord>(Event.getClassSchema(), version)
        .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
  }
}
