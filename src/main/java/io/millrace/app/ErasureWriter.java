package io.millrace.app;

import io.millrace.flow.erase.ErasureWrites.Write;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.TopicSerdes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes what an erasure consists of, and waits until the cluster has it. */
public final class ErasureWriter implements AutoCloseable {
  private final TopicSerdes serdes;
  private final Producer<String, byte[]> producer;

  public ErasureWriter(KafkaSettings kafka, TopicSerdes serdes) {
    this.serdes = serdes;
    this.producer =
        new KafkaProducer<>(
            kafka.with(
                Map.of(
                    "client.id",
                    "millrace-erase",
                    "acks",
                    "all",
                    "enable.idempotence",
                    true,
                    "delivery.timeout.ms",
                    30_000,
                    "request.timeout.ms",
                    10_000)),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /**
   * Writes all of it, in order.
   *
   * @throws CommandException when the cluster does not accept one
   */
  public void write(List<Write<?>> writes) {
    List<Future<RecordMetadata>> pending = new ArrayList<>();
    writes.forEach(write -> pending.add(send(write)));
    producer.flush();
    for (Future<RecordMetadata> each : pending) {
      try {
        each.get();
      } catch (ExecutionException failure) {
        throw CommandException.unreachable(
            "Kafka did not accept the erasure: %s. Run the command again; what was written already"
                    .formatted(failure.getCause())
                + " does no harm.");
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw CommandException.unreachable("The erasure was interrupted. Run the command again.");
      }
    }
  }

  private <V extends SpecificRecord> Future<RecordMetadata> send(Write<V> write) {
    byte[] value =
        write
            .value()
            .map(
                present ->
                    serdes
                        .values(write.topic())
                        .serializer()
                        .serialize(write.topic().name(), present))
            .orElse(null);
    return producer.send(new ProducerRecord<>(write.topic().name(), write.key(), value));
  }

  @Override
  public void close() {
    producer.close();
  }
}
