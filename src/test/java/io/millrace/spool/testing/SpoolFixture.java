package io.millrace.spool.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.Delivery;
import io.millrace.spool.SpoolSettings;
import io.millrace.spool.SpoolingDeliveryLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One edge's spool before a {@link FakeTopic}. */
public final class SpoolFixture implements AutoCloseable {
  static final Instant RECEIVED = Instant.parse("2026-03-01T12:00:00.123Z");
  public static final long PLENTY = 64L * 1024 * 1024;

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  public final SpoolingDeliveryLog log;
  private final Path directory;
  private final FakeTopic.Producer producer;

  private SpoolFixture(Path directory, FakeTopic topic, long limit) {
    this.directory = directory;
    this.producer = topic.connect();
    log =
        SpoolingDeliveryLog.open(
            producer,
            source -> source.startsWith("spooled"),
            new SpoolSettings(directory, limit, Duration.ofMillis(50)),
            Duration.ofMillis(300),
            registry,
            Clock.systemUTC());
  }

  public static SpoolFixture open(Path directory, FakeTopic topic) {
    return new SpoolFixture(directory, topic, PLENTY);
  }

  public static SpoolFixture open(Path directory, FakeTopic topic, long limit) {
    return new SpoolFixture(directory, topic, limit);
  }

  public Path directory() {
    return directory;
  }

  public CompletableFuture<Void> append(String id) {
    return append("spooled", id);
  }

  public CompletableFuture<Void> append(String source, String id) {
    return log.append(delivery(source, id, 100)).toCompletableFuture();
  }

  /** Appends one after the other, each once the one before is acknowledged. */
  public void appendAll(String... ids) throws Exception {
    for (String id : List.of(ids)) {
      append(id).get(10, TimeUnit.SECONDS);
    }
  }

  public static Delivery delivery(String source, String id, int bodyBytes) {
    return Delivery.newBuilder()
        .setDeliveryId(id)
        .setSource(source)
        .setReceivedAt(RECEIVED)
        .setMethod("POST")
        .setUrl("https://hooks.example.com/in/" + source)
        .setHeaders(
            Map.of("content-type", List.of("application/json"), "authorization", List.of("***")))
        .setBody(ByteBuffer.wrap(new byte[bodyBytes]))
        .setRemoteAddress("192.0.2.1")
        .setAssurance("BODY_SIGNED")
        .setSecret("env:SECRET")
        .build();
  }

  public double metric(String name) {
    return registry.find("millrace.edge.spool." + name).meters().stream()
        .mapToDouble(meter -> meter.measure().iterator().next().getValue())
        .sum();
  }

  /**
   * The process is killed: what is on disk now is all the next one has.
   *
   * @param arrived whether what it had under way had reached the topic
   * @return a folder with just that
   */
  public Path crash(Path into, boolean arrived) {
    producer.sever(arrived);
    try {
      copy(directory, into);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    close();
    return into;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() {
    log.close();
  }
}
