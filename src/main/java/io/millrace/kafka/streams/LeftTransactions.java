package io.millrace.kafka.streams;

import io.millrace.kafka.topic.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the transactions that replaced threads of an earlier process of the same name may have left
 * open when it was killed; see {@link TransactionalId}. Without it, whoever reads what they wrote
 * to waits until the broker gives them up.
 */
final class LeftTransactions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeftTransactions.class);

  private final KafkaSettings kafka;
  private final String clientId;
  private final int threads;
  private Optional<Admin> admin = Optional.empty();

  /**
   * @param clientId the client id of the role's Kafka Streams application
   * @param threads its stream threads
   */
  LeftTransactions(KafkaSettings kafka, String clientId, int threads) {
    this.kafka = kafka;
    this.clientId = clientId;
    this.threads = threads;
  }

  /** Returns at once; if the broker does not answer, its own time limit ends them. */
  void end() {
    Admin opened =
        Admin.create(
            kafka.with(
                Map.of(AdminClientConfig.CLIENT_ID_CONFIG, clientId + "-left-transactions")));
    admin = Optional.of(opened);
    KafkaFuture<Void> unused =
        opened
            .fenceProducers(TransactionalId.ofReplacements(clientId, threads))
            .all()
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    LOG.info(
                        "Transactions that an earlier process {} may have left open are ended by"
                            + " the broker after their timeout: {}",
                        clientId,
                        failure.toString());
                  }
                });
  }

  @Override
  public void close() {
    admin.ifPresent(opened -> opened.close(Duration.ZERO));
  }
}
