package io.millrace.kafka.streams;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
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

  private final Map<String, Object> settings = new HashMap<>();
  private final int threads;
  private Optional<Admin> admin = Optional.empty();

  /**
   * @param streams the settings of the role's Kafka Streams application
   * @param threads its stream threads
   */
  LeftTransactions(Properties streams, int threads) {
    for (String name : AdminClientConfig.configNames()) {
      if (streams.containsKey(name)) {
        settings.put(name, streams.get(name));
      }
    }
    this.threads = threads;
  }

  /** Returns at once; if the broker does not answer, its own time limit ends them. */
  void end() {
    String clientId = String.valueOf(settings.get(AdminClientConfig.CLIENT_ID_CONFIG));
    Map<String, Object> own = new HashMap<>(settings);
    own.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId + "-left-transactions");
    Admin opened = Admin.create(own);
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
