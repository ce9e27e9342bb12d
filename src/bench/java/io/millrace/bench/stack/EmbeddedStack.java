package io.millrace.bench.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker, a schema registry, a Connect worker and PostgreSQL on this machine. All their data is
 * in one directory, so that the next start continues where this one stops.
 */
public final class EmbeddedStack implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStack.class);

  private final StackSettings settings;
  private final Progress progress;
  private final boolean withConnect;
  private final ExecutorService starters = Executors.newCachedThreadPool();
  private final Deque<Part> toClose = new ConcurrentLinkedDeque<>();
  private Optional<DataDirectory> directory = Optional.empty();
  private Optional<Children> children = Optional.empty();

  public EmbeddedStack(StackSettings settings, Progress progress) {
    this(settings, progress, true);
  }

  private EmbeddedStack(StackSettings settings, Progress progress, boolean withConnect) {
    this.settings = settings;
    this.progress = progress;
    this.withConnect = withConnect;
  }

  /** The same without the Connect worker, if no records leave Kafka. */
  public static EmbeddedStack withoutConnect(StackSettings settings, Progress progress) {
    return new EmbeddedStack(settings, progress, false);
  }

  /**
   * Starts every part and returns once all are ready. After a failure, all started parts are
   * stopped again.
   *
   * @throws StackException when a port is taken, another process has the data directory, or a part
   *     does not come up
   */
  public StackEndpoints start() {
    try {
      startParts(prepare());
      return settings.endpoints();
    } catch (IOException failure) {
      close();
      throw new StackException(
          "the embedded stack cannot use the directory %s: %s"
              .formatted(settings.data(), failure.getMessage()),
          failure);
    } catch (StackException failure) {
      close();
      throw failure;
    }
  }

  public StackEndpoints endpoints() {
    return settings.endpoints();
  }

  private synchronized DataDirectory prepare() throws IOException {
    if (!Registry.isUnpacked(settings.parts())) {
      throw new StackException(
          ("the parts of the embedded stack are not in %s: build them with mvn package, or set"
                  + " their directory with -D%s=DIR")
              .formatted(settings.parts(), StackSettings.PARTS_PROPERTY));
    }
    if (settings.data().toString().matches(".*[:{}].*")) {
      throw new StackException(
          ("the path of the data directory %s contains : or { or }, which Kafka Connect cannot"
                  + " read: choose another with --data DIR")
              .formatted(settings.data()));
    }
    DataDirectory taken = DataDirectory.take(settings.data());
    directory = Optional.of(taken);
    Children.awaitLeftovers(taken.file("children"));
    List<Port> ports = new ArrayList<>(settings.ports());
    ports.addAll(settings.alongside());
    FreePorts.require(ports);
    children = Optional.of(new Children(taken.file("children")));
    return taken;
  }

  private void startParts(DataDirectory data) {
    Path logs = data.part("logs");
    Children guarded = children.orElseThrow();
    StackSecrets secrets = secrets(data);
    Broker broker = new Broker(data.part("broker"), settings);
    Warehouse warehouse =
        new Warehouse(
            data.part("postgres"), logs.resolve("postgres.log"), settings, secrets, guarded);
    Registry registry =
        new Registry(
            data.part("registry"), logs.resolve("registry.log"), settings, secrets, guarded);
    ConnectWorker connect = new ConnectWorker(settings, secrets);

    try {
      CompletableFuture<Void> stored = run(warehouse).thenRunAsync(() -> start(registry), starters);
      CompletableFuture<Void> connected = run(broker);
      if (withConnect) {
        connected = connected.thenRunAsync(() -> start(connect), starters);
      }
      CompletableFuture.allOf(stored, connected).join();
    } catch (CompletionException failure) {
      throw explained(failure);
    } catch (CancellationException | RejectedExecutionException stopped) {
      throw new StackException("the embedded stack was stopped while it started", stopped);
    }
  }

  private StackSecrets secrets(DataDirectory data) {
    try {
      boolean isNew = !Files.exists(data.file("postgres").resolve("PG_VERSION"));
      return StackSecrets.in(data.file("secrets"), isNew);
    } catch (IOException failure) {
      throw new StackException(
          "the passwords in %s cannot be read or written: %s"
              .formatted(data.file("secrets"), failure),
          failure);
    }
  }

  private CompletableFuture<Void> run(Part part) {
    return CompletableFuture.runAsync(() -> start(part), starters);
  }

  private void start(Part part) {
    toClose.push(part);
    progress.starting(part.title());
    long begin = System.nanoTime();
    try {
      part.start();
    } catch (StackException explained) {
      throw explained;
    } catch (Exception failure) {
      LOG.error("The {} did not start", part.title(), failure);
      throw new StackException(
          "the %s did not start: %s; more is in the logs under %s"
              .formatted(part.title(), failure.getMessage(), settings.data().resolve("logs")),
          failure);
    }
    progress.ready(part.title(), Duration.ofNanos(System.nanoTime() - begin));
  }

  private static StackException explained(CompletionException failure) {
    return failure.getCause() instanceof StackException known
        ? known
        : new StackException("the embedded stack was stopped while it started", failure);
  }

  /** Stops every part, the last started first, and returns when all have ended. */
  @Override
  public synchronized void close() {
    starters.shutdownNow();
    awaitStarters();
    while (!toClose.isEmpty()) {
      Part part = toClose.pop();
      closeQuietly("the " + part.title(), part::stop);
    }
    children.ifPresent(guarded -> closeQuietly("the watchdog", guarded));
    directory.ifPresent(taken -> closeQuietly("the data directory's lock", taken));
  }

  /** A part that does not stop must not prevent the others from stopping. */
  private static void closeQuietly(String what, AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception failure) {
      if (failure instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      LOG.warn("Stopping {} failed", what, failure);
    }
  }

  private void awaitStarters() {
    try {
      if (!starters.awaitTermination(20, TimeUnit.SECONDS)) {
        LOG.warn("A part of the stack is still starting; it is stopped anyway");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
