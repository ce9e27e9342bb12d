package io.millrace.kafka.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.event.Event;
import io.millrace.event.RecordRef;
import io.millrace.kafka.topic.TrustedTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every schema of ours, with random values: what Avro's own writer writes and its reader reads. */
final class CompiledFormatTest {
  private static final int VALUES = 50;
  private static final byte[] NO_HEADER = {};

  @BeforeAll
  static void trustOurTypes() {
    TrustedTypes.declare();
  }

  static List<Class<? extends SpecificRecord>> types() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("schemas"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".avsc"))
          .sorted()
          .<Class<? extends SpecificRecord>>map(name -> type(name.replace(".avsc", "")))
          .toList();
    }
  }

  private static Class<? extends SpecificRecord> type(String name) {
    try {
      return Class.forName("io.millrace.event." + name).asSubclass(SpecificRecord.class);
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException(missing);
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void writesAndReadsAsAvroDoes(Class<? extends SpecificRecord> type) throws IOException {
    long seed = System.nanoTime();
    compare(type, seed);
  }

  private static <V extends SpecificRecord> void compare(Class<V> type, long seed)
      throws IOException {
    SpecificData model = SpecificData.getForClass(type);
    Schema schema = model.getSchema(type);
    CompiledWriter<V> writer = new CompiledWriter<>(type);
    CompiledReader<V> reader = new CompiledReader<>(type);
    assertThat(writer.isCompiled()).as("no schema of ours needs Avro's writer").isTrue();
    for (Object random : new RandomData(schema, VALUES, seed)) {
      byte[] expected = bytes(out -> new GenericDatumWriter<>(schema).write(random, out));
      V value =
          new SpecificDatumReader<V>(schema, schema, model)
              .read(null, DecoderFactory.get().binaryDecoder(expected, null));
      byte[] avros = bytes(out -> new SpecificDatumWriter<V>(schema, model).write(value, out));
      byte[] ours = BinaryBuffers.encoded(NO_HEADER, 0, writer, value);
      String what = type.getSimpleName() + ", seed " + seed;
      assertThat(ours).as(what).isEqualTo(avros);
      V read = BinaryBuffers.decoded(ours, 0, reader);
      assertThat(read).as(what).isEqualTo(value);
      assertThat(BinaryBuffers.encoded(NO_HEADER, 0, writer, read)).as(what).isEqualTo(avros);
    }
  }

  /** Avro writes large arrays and maps in several blocks, and may name a block's size. */
  @Test
  void readsBlocksOfEveryKind() throws IOException {
    BinaryOutput out = new BinaryOutput();
    for (int count : new int[] {2, -1}) {
      out.writeNumber(count);
      if (count < 0) {
        out.writeNumber(4);
      }
      for (int i = 0; i < Math.abs(count); i++) {
        out.writeText("k" + count + i);
        out.writeText("v");
      }
    }
    out.writeNumber(0);
    BinaryInput in = new BinaryInput();
    in.reset(out.toByteArray(), 0);

    assertThat(in.readCount()).isEqualTo(2);
    assertThat(List.of(in.readWord(), in.readText(), in.readWord(), in.readText()))
        .containsExactly("k20", "v", "k21", "v");
    assertThat(in.readCount()).isEqualTo(1);
    assertThat(List.of(in.readWord(), in.readText())).containsExactly("k-10", "v");
    assertThat(in.readCount()).isZero();
    assertThat(in.left()).isZero();
  }

  /** Words share places: one must never be taken for another, whatever its characters are. */
  @Test
  void tellsWordsApart() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    BinaryInput in = new BinaryInput();
    for (int i = 0; i < 100_000; i++) {
      String word =
          random
              .ints(random.nextInt(5), 0, 3)
              .mapToObj(letter -> List.of("a", "é", "\uD83D\uDE00").get(letter))
              .reduce("", String::concat);
      BinaryOutput out = new BinaryOutput();
      out.writeText(word);
      in.reset(out.toByteArray(), 0);
      assertThat(in.readWord()).as("seed %d", seed).isEqualTo(word);
    }
  }

  @Test
  void refusesWhatIsCutOff() throws IOException {
    CompiledReader<Event> reader = new CompiledReader<>(Event.class);
    long seed = System.nanoTime();
    Schema schema = Event.getClassSchema();
    for (Object random : new RandomData(schema, 5, seed)) {
      byte[] whole = bytes(out -> new GenericDatumWriter<>(schema).write(random, out));
      for (int length = 0; length < whole.length; length++) {
        byte[] part = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> BinaryBuffers.decoded(part, 0, reader))
            .as("%d of %d bytes, seed %d", length, whole.length, seed)
            .isInstanceOf(IOException.class);
      }
    }
  }

  /** What is damaged may still be a value; it never asks for more memory than it has bytes. */
  @Test
  void survivesWhatIsDamaged() throws IOException {
    CompiledReader<Event> reader = new CompiledReader<>(Event.class);
    long seed = System.nanoTime();
    Random damage = new Random(seed);
    Schema schema = Event.getClassSchema();
    for (Object random : new RandomData(schema, 200, seed)) {
      byte[] bytes = bytes(out -> new GenericDatumWriter<>(schema).write(random, out));
      for (int i = 0; i < 20; i++) {
        bytes[damage.nextInt(bytes.length)] = (byte) damage.nextInt();
        try {
          assertThat(BinaryBuffers.decoded(bytes, 0, reader)).isNotNull();
        } catch (IOException refused) {
          assertThat(refused).as("seed %d", seed).hasMessageMatching(".+");
        }
      }
    }
  }

  @Test
  void namesTheFieldThatDoesNotFit() {
    CompiledWriter<RecordRef> writer = new CompiledWriter<>(RecordRef.class);
    RecordRef incomplete = new RecordRef("lead", null);

    assertThatThrownBy(() -> BinaryBuffers.encoded(NO_HEADER, 0, writer, incomplete))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("id");
  }

  private interface Writing {
    void to(BinaryEncoder out) throws IOException;
  }

  private static byte[] bytes(Writing writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
    writing.to(out);
    out.flush();
    return bytes.toByteArray();
  }
}
