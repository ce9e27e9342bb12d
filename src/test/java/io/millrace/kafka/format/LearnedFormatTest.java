package io.millrace.kafka.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.event.Event;
import io.millrace.flow.testing.TestEvent;
import io.millrace.kafka.topic.TrustedTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class LearnedFormatTest {
  private static final String TOPIC = "events-ordered";
  private static final int OUR_ID = 7;
  private static final Event FIRST = TestEvent.of("lead.created", "lead/L-1").build();
  private static final Event SECOND = TestEvent.of("lead.updated", "lead/L-2").build();

  private final Library library = new Library();
  private final LearnedFormat<Event> format =
      new LearnedFormat<>(Event.class, library.serializer(), library.deserializer());

  @BeforeAll
  static void trustOurTypes() {
    TrustedTypes.declare();
  }

  @Test
  void asksTheLibraryForTheFirstValueOnly() {
    byte[] first = format.serialize(TOPIC, FIRST);
    byte[] second = format.serialize(TOPIC, SECOND);

    assertThat(library.written).isEqualTo(1);
    assertThat(first).isEqualTo(library.bytes(FIRST));
    assertThat(second).isEqualTo(library.bytes(SECOND));
  }

  @Test
  void readsWhatItWouldWriteWithoutTheLibrary() {
    byte[] bytes = library.bytes(FIRST);

    assertThat(format.deserialize(TOPIC, bytes)).isEqualTo(FIRST);
    assertThat(format.deserialize(TOPIC, library.bytes(SECOND))).isEqualTo(SECOND);

    assertThat(library.read).isEqualTo(1);
  }

  @Test
  void leavesValuesOfAnotherSchemaToTheLibrary() {
    byte[] ours = library.bytes(FIRST);
    byte[] theirs = ours.clone();
    theirs[4] = 99;
    format.deserialize(TOPIC, ours);

    format.deserialize(TOPIC, theirs);
    format.deserialize(TOPIC, theirs);

    assertThat(library.read).isEqualTo(3);
  }

  @Test
  void learnsNothingFromAnIdThatIsNotThatOfOurSchema() {
    byte[] theirs = library.bytes(FIRST);
    theirs[4] = 99;

    format.deserialize(TOPIC, theirs);
    format.deserialize(TOPIC, theirs);
    format.deserialize(TOPIC, library.bytes(SECOND));

    assertThat(library.read).isEqualTo(2);
  }

  @Test
  void leavesEverythingToALibraryThatWritesMore() {
    library.trailer = new byte[] {1, 2, 3};

    format.serialize(TOPIC, FIRST);
    byte[] second = format.serialize(TOPIC, SECOND);

    assertThat(library.written).isEqualTo(2);
    assertThat(second).endsWith(1, 2, 3);
  }

  @Test
  void readsOnThroughTheLibraryWhereOurSchemaIsNotRegistered() {
    library.isRegistered = false;

    assertThat(format.deserialize(TOPIC, library.bytes(FIRST))).isEqualTo(FIRST);
    assertThat(format.deserialize(TOPIC, library.bytes(SECOND))).isEqualTo(SECOND);

    assertThat(library.read).isEqualTo(2);
    assertThat(library.refused).as("looks for the schema, every half minute").isEqualTo(1);
  }

  @Test
  void refusesAValueThatIsCutOff() {
    byte[] bytes = format.serialize(TOPIC, FIRST);

    assertThatThrownBy(() -> format.deserialize(TOPIC, Arrays.copyOf(bytes, 20)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cut off");
  }

  @Test
  void writesALargeValueAndThenSmallOnes() {
    Event large = TestEvent.of("lead.created", "lead/" + "x".repeat(2_000_000)).build();
    format.serialize(TOPIC, FIRST);

    assertThat(format.serialize(TOPIC, large)).isEqualTo(library.bytes(large));
    assertThat(format.serialize(TOPIC, SECOND)).isEqualTo(library.bytes(SECOND));
  }

  /** Writes and reads Confluent's format as the configured libraries do. */
  private static final class Library {
    private int written;
    private int read;
    private int refused;
    private boolean isRegistered = true;
    private byte[] trailer = {};

    Serializer<Object> serializer() {
      return (topic, value) -> {
        if (!isRegistered) {
          refused++;
          throw new SerializationException("no such schema");
        }
        written++;
        return bytes((Event) value);
      };
    }

    Deserializer<Object> deserializer() {
      return (topic, bytes) -> {
        read++;
        try {
          return new SpecificDatumReader<>(Event.class)
              .read(null, DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null));
        } catch (IOException impossible) {
          throw new UncheckedIOException(impossible);
        }
      };
    }

    byte[] bytes(Event event) {
      try {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(OUR_ID).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        SpecificData model = SpecificData.getForClass(Event.class);
        new SpecificDatumWriter<Event>(Event.getClassSchema(), model).write(event, encoder);
        encoder.flush();
        bytes.write(trailer);
        return bytes.toByteArray();
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }
}
