package io.millrace.app;

import io.millrace.flow.step.CaughtUp;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.read.TopicOffsets;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.ProvisioningException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows up to which moment all deliveries are normalized. The other roles need it: an event that
 * waits must not give up while what it waits for is still a delivery. A moment is proved when role
 * normalize has committed everything that was in deliveries-received then.
 */
final class NormalizeProgress {
  private static final Logger LOG = LoggerFactory.getLogger(NormalizeProgress.class);
  private static final Duration EVERY = Duration.ofMillis(500);

  private final Supplier<Map<Integer, Long>> ends;
  private final Predicate<Map<Integer, Long>> isNormalized;
  private final LongSupplier clock;
  private final LongConsumer progress;
  private Optional<Moment> current = Optional.empty();
  private long proved = Long.MIN_VALUE;

  /** The ends of deliveries-received at a moment, milliseconds since the epoch. */
  private record Moment(long at, Map<Integer, Long> ends) {}

  /**
   * Does nothing until it is started.
   *
   * @param ends one past the last offset of each partition of deliveries-received
   * @param isNormalized whether all offsets before some ends are normalized and committed
   * @param clock milliseconds since the epoch
   * @param progress is told the moment, or that it is not known
   */
  NormalizeProgress(
      Supplier<Map<Integer, Long>> ends,
      Predicate<Map<Integer, Long>> isNormalized,
      LongSupplier clock,
      LongConsumer progress) {
    this.ends = ends;
    this.isNormalized = isNormalized;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Looks periodically until it is closed.
   *
   * @param prefix first part of the roles' application ids
   * @param clock milliseconds since the epoch
   */
  static AutoCloseable watching(
      KafkaSettings kafka, String prefix, LongSupplier clock, LongConsumer progress) {
    String topic = Topics.DELIVERIES_RECEIVED.name();
    String group = prefix + "-normalize";
    TopicOffsets offsets = new TopicOffsets(kafka);
    NormalizeProgress watch =
        new NormalizeProgress(
            () -> offsets.ends(topic),
            wanted -> offsets.hasRead(group, topic, wanted),
            clock,
            progress);
    return OffsetsWatch.start("normalize-progress", offsets, Duration.ZERO, EVERY, watch::look);
  }

  /** Looks once. A cluster that does not answer proves nothing, and holds nothing back. */
  void look() {
    try {
      progress.accept(advance());
    } catch (ProvisioningException | KafkaException unreachable) {
      // The completeness marks ask the same cluster every second, and report failures.
      LOG.debug("The progress of role normalize is unknown", unreachable);
      forget();
    } catch (RuntimeException fault) {
      LOG.error("The progress of role normalize could not be checked", fault);
      forget();
    }
  }

  private void forget() {
    current = Optional.empty();
    proved = Long.MIN_VALUE;
    progress.accept(CaughtUp.UNKNOWN);
  }

  /** What was proved is reported one look later: the readers need time to see the records. */
  private long advance() {
    long reported = proved;
    if (current.isEmpty()) {
      current = Optional.of(new Moment(clock.getAsLong(), ends.get()));
    }
    if (isNormalized.test(current.get().ends())) {
      proved = current.get().at();
      current = Optional.empty();
    }
    return reported;
  }
}
