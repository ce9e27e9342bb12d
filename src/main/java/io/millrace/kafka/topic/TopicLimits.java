package io.millrace.kafka.topic;

/**
 * The sizes that topics and clients accept. A record that a topic rejects would stop the flow for
 * good: its transaction fails, is retried and fails again. So nothing larger than {@link
 * #MAX_RECORD_BYTES} is ever sent, and every topic, including the changelogs of stores, accepts
 * that.
 */
public final class TopicLimits {
  /**
   * The largest batch that every topic accepts, in bytes: Kafka's {@code max.message.bytes}. A
   * large record is a batch of its own.
   */
  public static final int MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

  /**
   * The largest key and value together, in bytes. The rest of the batch is for its header and for
   * incompressible data, which compression makes slightly larger.
   */
  public static final int MAX_RECORD_BYTES = 8_000_000;

  /** Kafka's {@code max.request.size}: it limits the record before compression. */
  public static final int MAX_REQUEST_BYTES = MAX_MESSAGE_BYTES + 64 * 1024;

  private TopicLimits() {}
}
