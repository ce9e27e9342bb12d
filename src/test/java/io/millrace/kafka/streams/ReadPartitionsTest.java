package io.millrace.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReadPartitionsTest {
  private static final TopicPartition PARTITION = new TopicPartition("record-events", 0);

  private final CaughtUpConsumers all = new CaughtUpConsumers();
  private final ReadPartitions read = new ReadPartitions(all);
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

  ReadPartitionsTest() {
    consumer.assign(List.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, 1L));
  }

  @Test
  void aPartitionWithMoreToReadIsNotCaughtUp() {
    poll();

    assertThat(isCaughtUp()).isFalse();
  }

  @Test
  void recordsThatLieInTheBufferOfTheFlowAreNotRead() {
    handOut();
    poll();

    assertThat(isCaughtUp()).isFalse();
  }

  @Test
  void aPartitionIsCaughtUpOnceAllThatWasHandedOutIsCommitted() {
    handOut();
    all.processed(Map.of(PARTITION, new OffsetAndMetadata(1)));
    poll();

    assertThat(isCaughtUp()).isTrue();
  }

  @Test
  void aPartitionNothingIsLeftInIsCaughtUp() {
    consumer.updateBeginningOffsets(Map.of(PARTITION, 1L));
    poll();

    assertThat(isCaughtUp()).isTrue();
  }

  @Test
  void forgetsAPartitionThatWentElsewhere() {
    handOut();
    all.processed(Map.of(PARTITION, new OffsetAndMetadata(1)));
    poll();
    consumer.assign(List.of());
    read.forget();

    assertThat(isCaughtUp()).isFalse();
  }

  private void handOut() {
    consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, 0, new byte[0], new byte[0]));
    poll();
  }

  private void poll() {
    read.note(consumer, consumer.poll(Duration.ofMillis(1)));
  }

  private boolean isCaughtUp() {
    return all.isCaughtUp(PARTITION.topic(), PARTITION.partition());
  }
}
