package io.millrace.flow.account;

import io.millrace.flow.step.Cause;
import io.millrace.flow.step.DeadLetters;
import io.millrace.flow.step.FlowMetrics;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** Counts what leaves a step, with its age. */
final class AccountMeter {
  private final String step;
  private final ProcessorContext<?, ?> context;
  private final FlowMetrics metrics;

  AccountMeter(String step, ProcessorContext<?, ?> context, FlowMetrics metrics) {
    this.step = step;
    this.context = context;
    this.metrics = metrics;
  }

  /**
   * Counts an input that was processed.
   *
   * @param kind what it is about: person, identifier, account
   */
  void processed(String kind, Cause cause) {
    long age = context.currentSystemTimeMs() - cause.arrival();
    metrics.processed(step, DeadLetters.ENGAGEMENT, kind, Duration.ofMillis(Math.max(0, age)));
  }
}
