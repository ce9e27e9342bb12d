package io.millrace.flow.erase;

import io.millrace.event.ErasureOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What was erased in a partition, in a store whose keys are hashes: what was on its way when the
 * erasure was ordered must not bring anything back.
 */
public final class ErasedSubjects {
  /** As long as events can be on their way: the retention of the topics between the roles. */
  static final Duration KEPT = Duration.ofDays(28);

  /**
   * How far the processes of the role normalize may be behind the topic of erasures: what they let
   * through meanwhile is suppressed by the next role.
   */
  static final Duration FOLLOWED_WITHIN = Duration.ofMinutes(1);

  private final KeyValueStore<String, ErasureOrder> rows;

  public ErasedSubjects(KeyValueStore<String, ErasureOrder> rows) {
    this.rows = rows;
  }

  /**
   * The order that erased what a record or an identifier was until then.
   *
   * @param subject as in an order
   * @param arrival of what is on its way, milliseconds since the epoch
   */
  public Optional<ErasureOrder> find(String subject, long arrival) {
    return Optional.ofNullable(rows.get(key(subject))).filter(order -> covers(order, arrival));
  }

  static boolean covers(ErasureOrder order, long arrival) {
    return arrival <= order.getRequestedAt().plus(FOLLOWED_WITHIN).toEpochMilli();
  }

  /** The key of a subject: a name that is an e-mail address must not survive its erasure. */
  static String key(String subject) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(subject.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("This Java has no SHA-256", impossible);
    }
  }
}
