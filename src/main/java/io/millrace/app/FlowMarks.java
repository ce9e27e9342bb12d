package io.millrace.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.completeness.CommittedFlow;
import io.millrace.completeness.CompletenessMarks;
import io.millrace.completeness.MarkTracker;
import io.millrace.completeness.RoleFlow;
import io.millrace.completeness.TopicMark;
import io.millrace.event.CompletenessMark;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.read.TopicWriter;
import io.millrace.kafka.topic.ProvisioningException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the flow and publishes up to which moment each topic is complete. */
final class FlowMarks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FlowMarks.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(15);

  private final List<RoleFlow> roles;
  private final CommittedFlow flow;
  private final TopicWriter<CompletenessMark> writer;
  private final CompletenessMetrics metrics;
  private final Clock clock;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("completeness-marks").factory());
  private Optional<MarkTracker> tracker = Optional.empty();
  private boolean failed;

  /**
   * Starts immediately.
   *
   * @param roles all roles, not only those of this process
   * @param flow closed with this object, like the writer
   */
  FlowMarks(
      List<RoleFlow> roles,
      CommittedFlow flow,
      TopicWriter<CompletenessMark> writer,
      MeterRegistry registry,
      Clock clock) {
    this.roles = roles;
    this.flow = flow;
    this.writer = writer;
    this.metrics = new CompletenessMetrics(registry, clock);
    this.clock = clock;
    Future<?> unused =
        looking.scheduleWithFixedDelay(
            this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      MarkTracker following = tracker.orElseGet(this::begin);
      tracker = Optional.of(following);
      following.look();
      failed = false;
    } catch (ProvisioningException | KafkaException unreachable) {
      if (!failed) {
        LOG.warn("Completeness marks cannot advance: {}", unreachable.toString());
      }
      failed = true;
    } catch (RuntimeException fault) {
      LOG.error("Completeness marks cannot advance", fault);
    }
  }

  private MarkTracker begin() {
    return new MarkTracker(
        Topics.DELIVERIES_RECEIVED.name(), roles, flow, this::tell, flow.published());
  }

  private void tell(String topic, TopicMark mark) {
    writer.write(topic, CompletenessMarks.ofTopic(topic, mark, clock.instant()));
    metrics.completeUntil(topic, mark.until());
  }

  @Override
  public void close() {
    looking.shutdownNow();
    try {
      if (!looking.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The check of completeness marks did not finish; its clients stay open");
        return;
      }
      flow.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    writer.close();
  }
}
