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

  @Test
  void aPausedPartitionIsNotCaughtUp() {
    handOut();
    all.processed(Map.of(PARTITION, new OffsetAndMetadata(1)));
    consumer.pause(List.of(PARTITION));
    poll();
    assertThat(isCaughtUp()).isFalse();

    consumer.resume(List.of(PARTITION));
    poll();
    assertThat(isCaughtUp()).isTrue();
  }

  /** The broker has committed, and the answer was lost: the task goes on where the group is. */
  @Test
  void aPartitionIsCaughtUpAfterACommitWhoseAnswerWasLost() {
    handOut();
    poll();
    assertThat(isCaughtUp()).isFalse();

    consumer.seek(PARTITION, 1);
    read.moved(PARTITION);
    poll();
    assertThat(isCaughtUp()).isTrue();
  }

  @Test
  void whatIsHandedOutAgainAfterAnAbortedCommitMustBeCommitted() {
    handOut();
    consumer.seek(PARTITION, 0);
    read.moved(PARTITION);
    handOut();
    poll();
    assertThat(isCaughtUp()).isFalse();
  }

  @Test
  void topicsWithoutThatPartitionDoNotCount() {
    handOut();
    all.processed(Map.of(PARTITION, new OffsetAndMetadata(1)));
    poll();

    List<String> topics = List.of(PARTITION.topic(), "records-merged");
    assertThat(all.isCaughtUp(topics, 0)).isTrue();
    assertThat(all.isCaughtUp(topics, 1)).as("a partition of nobody").isFalse();
    assertThat(all.isCaughtUp(List.of("records-merged"), 0)).isFalse();
  }

  @Test
  void everyTopicThatHasThePartitionMustBeRead() {
    TopicPartition other = new TopicPartition("records-merged", 0);
    consumer.assign(List.of(PARTITION, other));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 1L, other, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, 1L, other, 1L));
    poll();

    assertThat(isCaughtUp()).isTrue();
    assertThat(all.isCaughtUp(List.of(PARTITION.topic(), other.topic()), 0)).isFalse();
  }

  private void handOut() {
    consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, 0, new byte[0], new byte[0]));
    poll();
  }

  private void poll() {
    read.note(consumer, consumer.poll(Duration.ofMillis(1)));
  }

  private boolean isCaughtUp() {
    return all.isCaughtUp(List.of(PARTITION.topic()), PARTITION.partition());
  }
}
