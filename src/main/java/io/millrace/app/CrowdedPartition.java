package io.millrace.app;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.log.KafkaDeliveryLog;
import io.millrace.kafka.read.TopicOffsets;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.ProvisioningException;
import io.millrace.source.Source;
import io.millrace.source.Sources;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when most of what waits to be normalized waits in one partition: one thread reads it,
 * however many processes there are. A loud source that does not spread is the usual cause.
 */
final class CrowdedPartition {
  /** Fewer deliveries are no backlog worth a line. */
  static final long MANY = 10_000;

  /** The share of them in one partition that is too large. */
  static final double MOST = 0.8;

  private static final Logger LOG = LoggerFactory.getLogger(CrowdedPartition.class);
  private static final Duration EVERY = Duration.ofSeconds(30);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(15);

  /** A backlog that goes away by itself is not told. */
  private static final int LOOKS_UNTIL_TOLD = 2;

  /** While it stays it is told every ten minutes. */
  private static final int LOOKS_UNTIL_TOLD_AGAIN = 20;

  private final Supplier<Map<Integer, Long>> waiting;
  private final Supplier<Sources> sources;
  private final MeterRegistry registry;
  private final Map<Integer, AtomicLong> shown = new ConcurrentHashMap<>();
  private Optional<Integer> before = Optional.empty();
  private int looks;

  /**
   * Does nothing by itself.
   *
   * @param waiting how many deliveries each partition holds that have not been normalized
   * @param sources those that are connected now
   */
  CrowdedPartition(
      Supplier<Map<Integer, Long>> waiting, Supplier<Sources> sources, MeterRegistry registry) {
    this.waiting = waiting;
    this.sources = sources;
    this.registry = registry;
  }

  /**
   * Looks every now and then until it is closed.
   *
   * @param prefix first part of the roles' application ids
   */
  static AutoCloseable watching(
      KafkaSettings kafka, String prefix, Supplier<Sources> sources, MeterRegistry registry) {
    TopicOffsets offsets = new TopicOffsets(kafka);
    CrowdedPartition watch =
        new CrowdedPartition(
            () -> offsets.left(prefix + "-normalize", Topics.DELIVERIES_RECEIVED.name()),
            sources,
            registry);
    ScheduledExecutorService looking =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("crowded-partition").factory());
    Future<?> unused =
        looking.scheduleWithFixedDelay(
            watch::lookAndTell, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return () -> {
      looking.shutdownNow();
      if (looking.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        offsets.close();
      }
    };
  }

  private void lookAndTell() {
    try {
      look().ifPresent(warning -> LOG.warn("{}", warning));
    } catch (ProvisioningException | KafkaException unreachable) {
      // The completeness marks ask the same cluster every second, and tell.
      LOG.debug("The backlog of deliveries-received is not known", unreachable);
    } catch (RuntimeException fault) {
      LOG.error("The backlog of deliveries-received is not watched", fault);
    }
  }

  /** What is to be told now, if anything is. */
  Optional<String> look() {
    Map<Integer, Long> found = waiting.get();
    found.forEach(this::show);
    Optional<Integer> crowded = crowded(found);
    looks = crowded.equals(before) ? looks + 1 : 1;
    before = crowded;
    return crowded
        .filter(partition -> looks % LOOKS_UNTIL_TOLD_AGAIN == LOOKS_UNTIL_TOLD)
        .map(partition -> warning(partition, found));
  }

  private void show(int partition, long count) {
    AtomicLong value = shown.get(partition);
    if (value == null) {
      AtomicLong added = new AtomicLong();
      shown.put(partition, added);
      Gauge.builder("millrace.deliveries.waiting", added, AtomicLong::get)
          .description("Deliveries that have not been normalized yet")
          .tag("partition", Integer.toString(partition))
          .register(registry);
      value = added;
    }
    value.set(count);
  }

  /** The partition that holds most of what waits; none where little waits, or everywhere. */
  static Optional<Integer> crowded(Map<Integer, Long> waiting) {
    long all = sum(waiting);
    return waiting.size() < 2 || all < MANY
        ? Optional.empty()
        : waiting.entrySet().stream()
            .filter(each -> each.getValue() >= MOST * all)
            .map(Map.Entry::getKey)
            .findFirst();
  }

  private String warning(int partition, Map<Integer, Long> waiting) {
    List<String> staying =
        sources.get().all().stream()
            .filter(source -> !source.spread())
            .map(Source::name)
            .filter(name -> KafkaDeliveryLog.partitionOf(name, waiting.size()) == partition)
            .sorted()
            .toList();
    String cause =
        staying.isEmpty()
            ? "No source keeps to that partition: see whether the process that has it works, or"
                + " whether a source has begun to spread only now"
            : ("All deliveries of %s are in it: let the loud one spread over all partitions (spread:"
                    + " true in its file; docs/ordering.md says what that does to the order)")
                .formatted(String.join(", ", staying));
    return String.format(
        Locale.ROOT,
        "%,d of %,d deliveries that wait to be normalized are in partition %d of %s, which one"
            + " thread reads. %s.",
        waiting.getOrDefault(partition, 0L),
        sum(waiting),
        partition,
        Topics.DELIVERIES_RECEIVED.name(),
        cause);
  }

  private static long sum(Map<Integer, Long> waiting) {
    return waiting.values().stream().mapToLong(Long::longValue).sum();
  }
}
