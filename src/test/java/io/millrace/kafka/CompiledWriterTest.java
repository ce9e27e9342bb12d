package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.event.RecordRef;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/** Every schema of ours, with random values: the same bytes as Avro's own writer. */
final class CompiledWriterTest {
  private static final int VALUES = 50;

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
  void writesWhatAvroWrites(Class<? extends SpecificRecord> type) throws IOException {
    long seed = System.nanoTime();
    compare(type, seed);
  }

  private static <V extends SpecificRecord> void compare(Class<V> type, long seed)
      throws IOException {
    SpecificData model = SpecificData.getForClass(type);
    Schema schema = model.getSchema(type);
    CompiledWriter<V> writer = new CompiledWriter<>(type);
    assertThat(writer.isCompiled()).as("no schema of ours needs Avro's writer").isTrue();
    for (Object random : new RandomData(schema, VALUES, seed)) {
      byte[] expected = bytes(out -> new GenericDatumWriter<>(schema).write(random, out));
      V value =
          new SpecificDatumReader<V>(schema, schema, model)
              .read(null, DecoderFactory.get().binaryDecoder(expected, null));
      byte[] avros = bytes(out -> new SpecificDatumWriter<V>(schema, model).write(value, out));
      byte[] ours = bytes(out -> writer.write(value, out));
      assertThat(ours).as("%s, seed %d", type.getSimpleName(), seed).isEqualTo(avros);
    }
  }

  @Test
  void namesTheFieldThatDoesNotFit() {
    CompiledWriter<RecordRef> writer = new CompiledWriter<>(RecordRef.class);
    RecordRef incomplete = new RecordRef("lead", null);

    assertThatThrownBy(() -> bytes(out -> writer.write(incomplete, out)))
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
