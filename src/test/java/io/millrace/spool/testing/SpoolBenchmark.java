package io.millrace.spool.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Prints how many deliveries a second the spool acknowledges, each synced to disk: by itself, and
 * over HTTP. Run by hand; the first argument is a folder on the disk in question.
 */
final class SpoolBenchmark {
  private static final int CONNECTIONS = 64;
  private static final Duration TIME = Duration.ofSeconds(10);
  private static final int BODY_BYTES = 1_000;

  private SpoolBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "spool-benchmark");
    System.out.printf("%d callers, bodies of %d bytes, %s%n", CONNECTIONS, BODY_BYTES, TIME);
    System.out.printf("the spool alone: %d a second%n", alone(folder.resolve("alone")));
    System.out.printf("over HTTP: %d a second%n", overHttp(folder.resolve("edge")));
    System.exit(0);
  }

  private static long alone(Path folder) throws InterruptedException {
    var topic = new FakeTopic();
    topic.away();
    var count = new AtomicInteger();
    try (var spool = SpoolFixture.open(folder, topic, 1L << 40)) {
      long end = System.nanoTime() + TIME.toNanos();
      List<Thread> callers = new ArrayList<>();
      for (int caller = 0; caller < CONNECTIONS; caller++) {
        callers.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      while (System.nanoTime() < end) {
                        var delivery =
                            SpoolFixture.delivery("spooled", "d" + count.get(), BODY_BYTES);
                        spool.log.append(delivery).toCompletableFuture().join();
                        count.incrementAndGet();
                      }
                    }));
      }
      for (Thread caller : callers) {
        caller.join();
      }
    }
    return count.get() / TIME.toSeconds();
  }

  private static long overHttp(Path folder) throws IOException, InterruptedException {
    try (var edge = EdgeChild.start(folder);
        var senders = new Senders(BODY_BYTES)) {
      senders.start(edge.address(), CONNECTIONS);
      // What starts slowly is the compiler and not the spool.
      TimeUnit.SECONDS.sleep(5);
      int before = senders.accepted();
      TimeUnit.NANOSECONDS.sleep(TIME.toNanos());
      return (senders.accepted() - before) / TIME.toSeconds();
    }
  }
}
