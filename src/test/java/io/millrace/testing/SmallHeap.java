package io.millrace.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A JVM with so little memory that whatever is kept shows. */
public final class SmallHeap {
  /**
   * How a process ended.
   *
   * @param said everything it printed
   */
  public record Ended(int exitCode, String said) {}

  private SmallHeap() {}

  /**
   * Runs a program until it ends, or for a minute.
   *
   * @param heap the most it may use, such as 64m
   */
  public static Ended run(String heap, Class<?> program) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName())
            .redirectErrorStream(true)
            .start();
    try (var output = process.getInputStream()) {
      String said = new String(output.readAllBytes(), UTF_8);
      boolean ended = process.waitFor(1, TimeUnit.MINUTES);
      return new Ended(ended ? process.exitValue() : -1, said);
    } finally {
      process.destroyForcibly();
    }
  }
}
