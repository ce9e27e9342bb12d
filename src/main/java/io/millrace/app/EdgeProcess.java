package io.millrace.app;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.config.Config;
import io.millrace.console.EdgeView;
import io.millrace.console.ReadinessCheck;
import io.millrace.edge.DeliveryLog;
import io.millrace.edge.Edge;
import io.millrace.edge.HeapBudget;
import io.millrace.edge.WatchedLog;
import io.millrace.edge.wire.EdgeSettings;
import io.millrace.edge.wire.InvalidTlsException;
import io.millrace.edge.wire.LimitSettings;
import io.millrace.source.Source;
import io.millrace.source.SourceFolder;
import io.millrace.source.Sources;
import io.millrace.spool.SpoolException;
import io.millrace.spool.SpoolingDeliveryLog;
import io.millrace.yaml.InvalidFileException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The edge and the log it writes to; closing drains the edge and then closes the log. */
public final class EdgeProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeProcess.class);

  private static final int MEGABYTE = 1024 * 1024;

  private final Started started = new Started();
  private final WatchedLog appended;
  private final DeliveryLog log;
  private final Edge edge;
  private final Optional<EdgeMarks> marks;

  /** How much later than its neighbours a delivery can reach the spool. */
  private final Duration slack;

  private final int sources;
  private final SourceWatch watch;
  private volatile Set<String> spooled = Set.of();
  private volatile Set<String> spread = Set.of();

  private EdgeProcess(
      Config config,
      EdgeSettings settings,
      SourceFolder folder,
      Sources sources,
      DeliveryLogFactory logs,
      PrometheusMeterRegistry registry) {
    spread = named(sources, Source::spread);
    DeliveryLog opened = logs.open(config, registry, name -> spread.contains(name));
    if (opened instanceof AutoCloseable closeable) {
      started.add(closeable);
    }
    appended = new WatchedLog(opened);
    log = spooling(config, sources, appended, registry);
    this.sources = sources.all().size();
    edge = new Edge(settings, sources, log, registry, Clock.systemUTC());
    slack = config.edge().requestTimeout().plus(config.spool().patience());
    marks =
        logs.marks(config)
            .map(
                writer ->
                    started.add(
                        new EdgeMarks(
                            config.edge().instance(), writer, this::earliest, Clock.systemUTC())));
    watch =
        started.add(new SourceWatch(folder, "edge", this::connect, registry, Clock.systemUTC()));
  }

  /**
   * Starts all of it, or nothing.
   *
   * @param environment looks up the variables that secret references name
   * @throws CommandException saying what is wrong, and how to fix it
   */
  public static EdgeProcess start(
      Config config,
      Function<String, Optional<String>> environment,
      DeliveryLogFactory logs,
      PrometheusMeterRegistry registry) {
    SourceFolder folder =
        SourceFolder.withSecrets(
            config.topology().sources(),
            Catalogues.load(config.topology().catalogue()),
            environment);
    EdgeSettings settings = fitted(config.edge());
    EdgeProcess process = new EdgeProcess(config, settings, folder, read(folder), logs, registry);
    try {
      process.marks.ifPresent(EdgeMarks::start);
      process.edge.start();
      process.started.add(process.edge);
      process.watch.every(config.topology().sourcesReload());
      return process;
    } catch (InvalidTlsException invalid) {
      process.close();
      throw CommandException.usage(String.valueOf(invalid.getMessage()));
    } catch (UncheckedIOException unreachable) {
      process.close();
      throw CommandException.unreachable(String.valueOf(unreachable.getMessage()));
    } catch (RuntimeException failure) {
      process.close();
      throw failure;
    }
  }

  /** Its settings with limits that the heap of this process allows. */
  private static EdgeSettings fitted(EdgeSettings settings) {
    long heap = Runtime.getRuntime().maxMemory();
    try {
      HeapBudget.Fitted fitted = HeapBudget.fit(settings, heap);
      if (fitted.isScaled()) {
        LimitSettings limits = fitted.settings().network().limits();
        LOG.warn(
            "The limits of the edge need a heap of {} MB and this one has {} MB, so they are lower:"
                + " edge.connections.limit {}, edge.requests.limit {}, edge.bodies.limit {} MB;"
                + " raise -Xmx or set them lower",
            fitted.needed() / MEGABYTE,
            heap / MEGABYTE,
            limits.connections(),
            limits.requests(),
            limits.bodyBytes() / MEGABYTE);
      }
      return fitted.settings();
    } catch (IllegalArgumentException tooSmall) {
      throw CommandException.usage(String.valueOf(tooSmall.getMessage()));
    }
  }

  private void connect(Sources changed) {
    spooled = named(changed, Source::spool);
    spread = named(changed, Source::spread);
    edge.connect(changed);
    if (!spooled.isEmpty() && !(log instanceof SpoolingDeliveryLog)) {
      LOG.warn(
          "The sources {} now use the spool, which no source did at startup; restart the edge,"
              + " or their deliveries are answered with 503 while Kafka is unavailable",
          spooled);
    }
  }

  /** When the earliest delivery that is not in the log yet, but may still be stored, arrived. */
  private Optional<Instant> earliest() {
    Optional<Instant> spooledFirst =
        log instanceof SpoolingDeliveryLog spool
            ? spool.oldest().map(oldest -> oldest.minus(slack))
            : Optional.empty();
    return Stream.of(edge.earliestOpen(), appended.earliest(), spooledFirst)
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  private static Set<String> named(Sources sources, Predicate<Source> which) {
    return sources.all().stream()
        .filter(which)
        .map(Source::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The log behind a spool, if a source asks for one or an earlier run left one. */
  private DeliveryLog spooling(
      Config config, Sources sources, DeliveryLog opened, PrometheusMeterRegistry registry) {
    spooled = named(sources, Source::spool);
    if (spooled.isEmpty() && !SpoolingDeliveryLog.exists(config.spool())) {
      return opened;
    }
    try {
      return started.add(
          SpoolingDeliveryLog.open(
              opened,
              name -> spooled.contains(name),
              config.spool(),
              config.edge().drainTime(),
              registry,
              Clock.systemUTC()));
    } catch (SpoolException unusable) {
      started.close();
      throw CommandException.unreachable(String.valueOf(unusable.getMessage()));
    }
  }

  private static Sources read(SourceFolder folder) {
    try {
      Sources sources = folder.read();
      sources.requireProof(Clock.systemUTC().instant());
      return sources;
    } catch (InvalidFileException invalid) {
      throw CommandException.usage(String.valueOf(invalid.getMessage()));
    }
  }

  /** The number of sources connected at the start. */
  public int sources() {
    return sources;
  }

  public int port() {
    return edge.port();
  }

  /** Whether a delivery could be stored now. */
  public ReadinessCheck readiness() {
    return ReadinessCheck.of(
        log::isReady, "Deliveries cannot be stored at the moment; check Kafka and its topics");
  }

  /** The edge as the console shows it. */
  public EdgeView view() {
    return new EdgeView(edge.inspector()::newestFirst, edge.inspector()::find, edge::sources);
  }

  @Override
  public void close() {
    started.close();
  }
}
