package io.millrace.bench.reference;

import io.millrace.bench.result.Passage;
import io.millrace.bench.setup.BenchCluster;
import io.millrace.bench.setup.BenchFailure;
import io.millrace.bench.stack.ChildJvm;
import io.millrace.kafka.read.TopicOffsets;
import io.millrace.kafka.topic.ProvisioningException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Processes with Kafka Streams applications, watched until they have read all of their input and
 * nothing waits in them any more.
 */
public final class Applications implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final double ALMOST = 0.999;

  /** A committed transaction ends with a marker, which no group ever commits. */
  private static final long MARKER = 1;

  private static final String WAITING = "millrace_waiting{";

  private final BenchCluster cluster;
  private final List<ChildJvm> processes = new ArrayList<>();
  private final List<URI> metrics = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  public Applications(BenchCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * What an application reads.
   *
   * @param group its consumer group
   * @param topic a topic it reads
   */
  public record Input(String group, String topic) {}

  void add(ChildJvm process) {
    processes.add(process);
  }

  /** Adds a process that reports at this address how many events wait in it. */
  public void add(ChildJvm process, URI metricsOfProcess) {
    processes.add(process);
    metrics.add(metricsOfProcess);
  }

  /**
   * Waits until everything is done.
   *
   * @param inputs what is read, in the order of the flow; the first ones are the load
   * @param load the number of units of work in the load
   * @param limit the maximum time to wait
   * @throws BenchFailure when it takes longer, or a process ends
   */
  public Passage await(List<Input> inputs, long load, Duration limit) {
    Passage passage = new Passage(load);
    long deadline = System.nanoTime() + limit.toNanos();
    try (TopicOffsets offsets = new TopicOffsets(cluster.kafka())) {
      while (true) {
        if (look(passage, inputs, offsets)) {
          return passage;
        }
        requireAlive();
        if (System.nanoTime() > deadline) {
          throw new BenchFailure(
              ("Only %.0f %% of the load was done within %d s (%d events were waiting): allow"
                      + " more time with --limit SECONDS, or reduce the load with --events N")
                  .formatted(100 * passage.share(), limit.toSeconds(), waiting()));
        }
        pause();
      }
    }
  }

  /** Whether everything is done. */
  private boolean look(Passage passage, List<Input> inputs, TopicOffsets offsets) {
    try {
      boolean isDone = inputs.stream().allMatch(it -> isRead(it, offsets)) && waiting() == 0;
      double share = isDone ? 1 : Math.min(ALMOST, share(inputs, offsets));
      passage.add(new Passage.Sample(System.nanoTime(), cpu(), share));
      return isDone;
    } catch (ProvisioningException late) {
      // On a busy machine the broker may not answer in time; then it is asked again.
      return false;
    }
  }

  /** According to the offsets: reading the topics as well would affect the measurement. */
  private static boolean isRead(Input input, TopicOffsets offsets) {
    Map<Integer, Long> read = offsets.read(input.group(), input.topic());
    return offsets.committedEnds(input.topic()).entrySet().stream()
        .allMatch(end -> end.getValue() - read.getOrDefault(end.getKey(), 0L) <= MARKER);
  }

  /** Of all inputs together; what is not yet written does not count yet. */
  private static double share(List<Input> inputs, TopicOffsets offsets) {
    double least = 1;
    for (Input input : inputs) {
      long read = sum(offsets.read(input.group(), input.topic()).values());
      long all = sum(offsets.committedEnds(input.topic()).values());
      if (all > 0) {
        least = Math.min(least, (double) read / all);
      }
    }
    return least;
  }

  private static long sum(Iterable<Long> numbers) {
    long sum = 0;
    for (long number : numbers) {
      sum += number;
    }
    return sum;
  }

  private Optional<Duration> cpu() {
    Duration sum = Duration.ZERO;
    for (ChildJvm process : processes) {
      Optional<Duration> cpu = process.cpu();
      if (cpu.isEmpty()) {
        return cpu;
      }
      sum = sum.plus(cpu.get());
    }
    return Optional.of(sum);
  }

  private void requireAlive() {
    for (ChildJvm process : processes) {
      if (!process.isAlive()) {
        throw new BenchFailure("A process of the flow ended by itself:\n" + process.lastWords());
      }
    }
  }

  /** Events that are waiting in the processes; -1 while one does not answer. */
  private long waiting() {
    long sum = 0;
    for (URI address : metrics) {
      try {
        String page =
            http.send(
                    HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build(),
                    BodyHandlers.ofString())
                .body();
        sum +=
            page.lines()
                .filter(line -> line.startsWith(WAITING))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
      } catch (IOException notYet) {
        return -1;
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new BenchFailure("The benchmark was interrupted");
      }
    }
    return sum;
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("The benchmark was interrupted");
    }
  }

  @Override
  public void close() {
    http.close();
    processes.parallelStream().forEach(ChildJvm::close);
  }
}
