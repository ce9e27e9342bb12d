package io.millrace.kafka.streams;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The transactional id of a stream thread, the same after a restart.
 *
 * <p>A process that was killed leaves a transaction open, and its partitions cannot be read on from
 * before the transaction has ended. A producer with the same id ends it when it starts. Kafka
 * Streams builds the id from a random number, which it keeps in the state directory only if the
 * topology has stores on disk: a role without any, such as normalize, would stand still until the
 * broker gives the transaction up ({@code transaction.timeout.ms}).
 */
final class TransactionalId {
  private static final String PRODUCER = "-producer";

  private TransactionalId() {}

  /**
   * The settings of a producer of Kafka Streams, with an id made of its application, its process
   * and its thread instead of a random number.
   *
   * @throws IllegalArgumentException if the producer is not named as Kafka Streams names its own:
   *     with the client id of the thread
   */
  static Map<String, Object> keptOverRestarts(Map<String, Object> config) {
    if (!config.containsKey(ProducerConfig.TRANSACTIONAL_ID_CONFIG)) {
      return config;
    }
    String client = String.valueOf(config.get(ProducerConfig.CLIENT_ID_CONFIG));
    if (!client.endsWith(PRODUCER)) {
      throw new IllegalArgumentException(
          "The producer %s of a stream thread is not called ...%s".formatted(client, PRODUCER));
    }
    Map<String, Object> kept = new HashMap<>(config);
    kept.put(
        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
        client.substring(0, client.length() - PRODUCER.length()));
    return kept;
  }

  /**
   * The ids that threads of an earlier process may have had and none of this one starts with: a
   * failed thread is replaced by one with another number while it still exists.
   */
  static List<String> ofReplacements(String clientId, int threads) {
    return IntStream.rangeClosed(threads + 1, 2 * threads)
        .mapToObj(number -> clientId + "-StreamThread-" + number)
        .toList();
  }
}
