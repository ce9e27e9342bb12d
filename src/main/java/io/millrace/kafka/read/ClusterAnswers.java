package io.millrace.kafka.read;

import io.millrace.kafka.topic.ProvisioningException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.KafkaFuture;

/**
 * Waits for answers of a cluster.
 *
 * @param patience how long
 * @param message makes the message for a failure from its cause
 */
public record ClusterAnswers(Duration patience, UnaryOperator<String> message) {

  /**
   * Waits for one answer.
   *
   * @throws ProvisioningException on a timeout, or on a failure, which is then the cause
   */
  public <T> T await(KafkaFuture<T> answer) {
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      throw new ProvisioningException(message.apply(String.valueOf(cause.getMessage())), cause);
    } catch (TimeoutException late) {
      throw new ProvisioningException(
          message.apply("no answer within %d s".formatted(patience.toSeconds())), late);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ProvisioningException("interrupted while asking the Kafka cluster", stopped);
    }
  }
}
