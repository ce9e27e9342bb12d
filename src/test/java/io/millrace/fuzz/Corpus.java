package io.millrace.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where the inputs come from: one for each entry of a list, what once was found, and chance. */
public final class Corpus {
  private static final int LONGEST = 48;

  private Corpus() {}

  /** Inputs whose first choice is each of so many entries, and that change nothing. */
  public static Stream<byte[]> ofEach(int entries) {
    return IntStream.range(0, entries).mapToObj(entry -> new byte[] {(byte) entry});
  }

  /** What broke a property once, where Jazzer looks for it too. */
  public static List<byte[]> found(Class<?> fuzz, String method) {
    Path folder =
        Path.of(
            "src/test/resources",
            fuzz.getPackageName().replace('.', '/'),
            fuzz.getSimpleName() + "Inputs",
            method);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(Corpus::bytes).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Checks random inputs; a fault is told with what it takes to see it again. */
  public static void mutate(int times, Consumer<byte[]> property) {
    long seed = Long.getLong("fuzz.seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int run = 0; run < times; run++) {
      byte[] input = new byte[4 + random.nextInt(LONGEST)];
      random.nextBytes(input);
      try {
        property.accept(input);
      } catch (RuntimeException | Error fault) {
        throw new AssertionError(
            "seed %d, run %d, input %s".formatted(seed, run, Arrays.toString(input)), fault);
      }
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
