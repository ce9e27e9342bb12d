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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns when most of the backlog to be normalized is in one partition: a single thread reads it,
 * however many processes there are. The usual cause is a busy source that does not spread.
 */
final class CrowdedPartition {
  /** A smaller backlog is not worth a warning. */
  static final long MANY = 10_000;

  /** The share of the backlog in one partition that is too large. */
  static final double MOST = 0.8;

  private static final Logger LOG = LoggerFactory.getLogger(CrowdedPartition.class);
  private static final Duration EVERY = Duration.ofSeconds(30);

  /** A backlog that goes away by itself is not reported. */
  private static final int LOOKS_UNTIL_TOLD = 2;

  /** A lasting one is reported every ten minutes. */
  private static final int LOOKS_UNTIL_TOLD_AGAIN = 20;

  private final Supplier<Map<Integer, Long>> waiting;
  private final Supplier<Sources> sources;
  private final MeterRegistry registry;
  private final Map<Integer, AtomicLong> shown = new ConcurrentHashMap<>();
  private Optional<Integer> before = Optional.empty();
  private int looks;

  /**
   * Does nothing until it is started.
   *
   * @param waiting the number of deliveries per partition that have not been normalized
   * @param sources the currently connected sources
   */
  CrowdedPartition(
      Supplier<Map<Integer, Long>> waiting, Supplier<Sources> sources, MeterRegistry registry) {
    this.waiting = waiting;
    this.sources = sources;
    this.registry = registry;
  }

  /**
   * Checks periodically until it is closed.
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
    return OffsetsWatch.start("crowded-partition", offsets, EVERY, EVERY, watch::lookAndTell);
  }

  private void lookAndTell() {
    try {
      look().ifPresent(warning -> LOG.warn("{}", warning));
    } catch (ProvisioningException | KafkaException unreachable) {
      // The completeness marks ask the same cluster every second, and report failures.
      LOG.debug("The backlog of deliveries-received is unknown", unreachable);
    } catch (RuntimeException fault) {
      LOG.error("The backlog of deliveries-received could not be checked", fault);
    }
  }

  /** The warning that is due now, if any. */
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

  /** The partition with most of the backlog; none if the backlog is small or spread out. */
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
            ? "No source uses that partition alone: check whether the process that reads it is"
                + " working, or whether a source has begun to spread only recently"
            : ("All deliveries of %s are in it: spread the busiest source over all partitions"
                    + " (spread: true in its file; docs/ordering.md explains the effect on"
                    + " ordering)")
                .formatted(String.join(", ", staying));
    return String.format(
        Locale.ROOT,
        "%,d of %,d deliveries waiting to be normalized are in partition %d of %s, which a"
            + " single thread reads. %s.",
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
