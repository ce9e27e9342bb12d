package io.millrace.spool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left when the disk has changed or lost some of what was written. */
final class SpoolDamageTest {
  private static final int MANY = 200;

  @TempDir private Path folder;

  @Test
  void readsWhatSurroundsADamagedPartOfTheLog() throws Exception {
    fill(false);
    damage(largest(".log"), 0.5);

    List<String> left = open();

    assertThat(left).hasSizeBetween(MANY / 2, MANY - 1).contains("1", "" + MANY).isSubsetOf(all());
    assertThat(quarantined()).hasSize(1);
    assertThat(quarantined().getFirst().resolve("CURRENT")).exists();
    assertThat(open()).as("nothing happens twice").isEqualTo(left);
    assertThat(quarantined()).hasSize(1);
  }

  @Test
  void readsWhatSurroundsADamagedPartOfATable() throws Exception {
    fill(true);
    damage(largest(".sst"), 0.5);

    List<String> left = open();

    assertThat(left).hasSizeBetween(MANY / 2, MANY - 1).contains("1", "" + MANY).isSubsetOf(all());
    assertThat(quarantined()).hasSize(1);
  }

  @Test
  void readsWhatIsNotInATableThatIsGone() throws Exception {
    fill(true);
    try (Spool spool = new Spool(folder)) {
      spool.store.add(List.of(UTF_8.encode("later")));
    }
    Files.delete(largest(".sst"));

    assertThat(open()).containsExactly("later");
    assertThat(quarantined()).hasSize(1);
  }

  @Test
  void takesAWriteThatWasCutShortForOneThatNeverWas() throws Exception {
    fill(false);
    Path log = largest(".log");
    try (var file = new RandomAccessFile(log.toFile(), "rw")) {
      file.setLength(file.length() - 5);
    }

    assertThat(open()).isEqualTo(all().subList(0, MANY - 1));
    assertThat(quarantined()).isEmpty();
  }

  @Test
  void startsAnewWhenNothingCanBeReadAndKeepsWhatIsThere() throws Exception {
    fill(true);
    Files.delete(folder.resolve("log/CURRENT"));

    assertThat(open()).isEmpty();
    assertThat(quarantined()).hasSize(1);
    assertThat(quarantined().getFirst()).isDirectoryContaining("glob:**.sst");
  }

  /** Each is written by itself, so that each can be lost by itself. */
  private void fill(boolean intoTable) {
    try (Spool spool = new Spool(folder)) {
      for (String number : all()) {
        spool.store.add(List.of(UTF_8.encode(number + padding())));
      }
      if (intoTable) {
        spool.store.tidy();
      }
    }
  }

  private static List<String> all() {
    List<String> all = new ArrayList<>();
    for (int number = 1; number <= MANY; number++) {
      all.add("" + number);
    }
    return all;
  }

  /** It does not compress. */
  private static String padding() {
    var bytes = new byte[600];
    new Random(7).nextBytes(bytes);
    return "|" + new String(bytes, ISO_8859_1);
  }

  private List<String> open() {
    try (Spool spool = new Spool(folder)) {
      return spool.store.oldest(10_000, Long.MAX_VALUE).stream()
          .map(SpoolEntry::bytes)
          .map(ByteBuffer::duplicate)
          .map(bytes -> UTF_8.decode(bytes).toString().split("\\|", -1)[0])
          .toList();
    }
  }

  private Path largest(String suffix) throws IOException {
    try (var files = Files.list(folder.resolve("log"))) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .max(Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow();
    }
  }

  private List<Path> quarantined() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("quarantine-")).toList();
    }
  }

  private static void damage(Path file, double where) throws IOException {
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek((long) (bytes.length() * where));
      bytes.write(new byte[20]);
    }
  }

  /** A store with its folder. */
  private static final class Spool implements AutoCloseable {
    private final SpoolDirectory directory;
    private final SpoolStore store;

    private Spool(Path folder) {
      directory = SpoolDirectory.take(folder);
      store = SpoolStore.open(directory, Clock.systemUTC());
    }

    @Override
    public void close() {
      store.close();
      directory.close();
    }
  }
}
