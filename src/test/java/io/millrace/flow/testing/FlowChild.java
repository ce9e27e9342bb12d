package io.millrace.flow.testing;

import io.millrace.flow.testing.Faults.Place;
import io.millrace.flow.testing.Faults.Point;
import io.millrace.kafka.topic.KafkaSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * All roles in a process of its own, which ends without a word in the middle of a transaction: no
 * store is closed, nothing is aborted, nobody leaves a group.
 */
final class FlowChild implements AutoCloseable {
  private static final int KILLED = 137;

  private final Process process;

  private FlowChild(Process process) {
    this.process = process;
  }

  /**
   * @param time at the how manieth passing of the place it is to end
   */
  static FlowChild start(
      KafkaSettings kafka, FlowRun run, String instance, FlowStory story, Place place, int time)
      throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx400m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            FlowChild.class.getName(),
            kafka.bootstrapServers(),
            run.name(),
            instance,
            run.state(instance).toString(),
            run.groupProtocol(),
            Long.toString(story.seed()),
            Integer.toString(story.size()),
            story.start().toString(),
            place.node(),
            place.point().name(),
            Integer.toString(time));
    return new FlowChild(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** What the child does. */
  public static void main(String[] arguments) throws InterruptedException {
    FlowStory story =
        new FlowStory(
            Long.parseLong(arguments[5]),
            Integer.parseInt(arguments[6]),
            Instant.parse(arguments[7]));
    Faults faults = new Faults((place, time) -> Runtime.getRuntime().halt(KILLED));
    faults.plan(
        new Place(arguments[8], Point.valueOf(arguments[9])), Integer.parseInt(arguments[10]));
    for (String role : FlowRun.ROLES) {
      new FlowProcess(
              KafkaSettings.of(arguments[0]),
              role,
              FlowProcess.settings(arguments[1], arguments[2], Path.of(arguments[3]), arguments[4]),
              story::normalize,
              TestRules.impatient(),
              faults.topology())
          .start();
    }
    Thread.sleep(Duration.ofMinutes(5).toMillis());
  }

  /** Waits until it has ended as it was told to. */
  boolean hasDied(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
        && process.exitValue() == KILLED;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
