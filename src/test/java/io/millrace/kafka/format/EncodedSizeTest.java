package io.millrace.kafka.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.FieldState;
import io.millrace.event.RecordState;
import io.millrace.flow.step.StateSerde;
import io.millrace.flow.testing.TestEvent;
import io.millrace.kafka.topic.TrustedTypes;
import io.millrace.testing.RandomText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EncodedSizeTest {
  private static final int VALUES = 50;

  @BeforeAll
  static void trustOurTypes() {
    TrustedTypes.declare();
  }

  static List<Class<? extends SpecificRecord>> types() throws IOException {
    return CompiledFormatTest.types();
  }

  @ParameterizedTest
  @MethodSource("types")
  void isTheNumberOfBytesAndNeverMoreThanTheBound(Class<? extends SpecificRecord> type)
      throws IOException {
    checkRandomValues(type, System.nanoTime());
  }

  @Test
  void countsBytesOfTextsOfAllScripts() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      TestEvent event = TestEvent.of("lead.updated", "lead/L-1").id(RandomText.of(random, 50));
      for (int field = random.nextInt(5); field > 0; field--) {
        event.data(RandomText.of(random, 20), RandomText.of(random, 400));
        event.previous(RandomText.of(random, 20), RandomText.of(random, 400));
      }
      check(event.build(), "seed " + seed);
    }
  }

  @Test
  void countsEveryPartOfAStateAndOfWhatItJoined() {
    String stamp = "s".repeat(100);
    RecordState joined =
        RecordState.newBuilder()
            .setFields(
                Map.of("f", FieldState.newBuilder().setValue("\u0001").setStamp(stamp).build()))
            .setSources(Map.of("crm", stamp))
            .setCreated(stamp)
            .setDeleted(stamp)
            .setTurns(List.of(stamp, stamp))
            .setMergedInto(Map.of("L-1", stamp))
            .build();
    RecordState state = RecordState.newBuilder().setJoined(Map.of("L-2", joined)).build();

    check(state, "a state");
    assertThat(EncodedSize.of(state)).isGreaterThan(700);
  }

  @Test
  void comparesExactlyWhereTheBoundDoesNotDecide() {
    Event event = TestEvent.of("lead.updated", "lead/L-1").data("a", "x".repeat(10_000)).build();
    long size = EncodedSize.of(event);

    assertThat(EncodedSize.atMost(event)).isGreaterThan(2 * size);
    assertThat(EncodedSize.isAtMost(size, event)).isTrue();
    assertThat(EncodedSize.isAtMost(size - 1, event)).isFalse();
  }

  private static <V extends SpecificRecord> void checkRandomValues(Class<V> type, long seed)
      throws IOException {
    SpecificData model = SpecificData.getForClass(type);
    Schema schema = model.getSchema(type);
    for (Object random : new RandomData(schema, VALUES, seed)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      new GenericDatumWriter<>(schema).write(random, encoder);
      encoder.flush();
      V value =
          new SpecificDatumReader<V>(schema, schema, model)
              .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
      check(value, "seed " + seed);
    }
  }

  @SuppressWarnings("unchecked") // The class of a value is its type.
  private static <V extends SpecificRecord> void check(V value, String origin) {
    Class<V> type = (Class<V>) value.getClass();
    int written = StateSerde.of(type).serializer().serialize("", value).length;
    assertThat(EncodedSize.of(value)).as(origin).isEqualTo(written);
    assertThat(EncodedSize.atMost(value)).as(origin).isGreaterThanOrEqualTo(written);
  }
}
