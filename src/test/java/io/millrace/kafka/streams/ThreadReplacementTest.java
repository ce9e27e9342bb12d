package io.millrace.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.kafka.format.NewerStateException;
import java.time.Duration;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

final class ThreadReplacementTest {
  private final CaughtUpConsumers consumers = new CaughtUpConsumers();
  private final ThreadReplacement replacement =
      new ThreadReplacement("records", consumers, Duration.ofMillis(1), Duration.ofMillis(1));

  @Test
  void replacesAThreadThatFailed() {
    assertThat(replacement.handle(new StreamsException(new TimeoutException("no broker"))))
        .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    assertThat(closing()).isEqualTo(GroupMembershipOperation.LEAVE_GROUP);
  }

  @Test
  void stopsTheRoleWhereOnlyANewerVersionCanContinue() {
    NewerStateException newer =
        new NewerStateException("RecordState", new IllegalStateException("no such schema"));

    assertThat(replacement.handle(new StreamsException("in a step", newer)))
        .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(closing()).isEqualTo(GroupMembershipOperation.LEAVE_GROUP);
  }

  private GroupMembershipOperation closing() {
    return consumers
        .closing(CloseOptions.groupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP))
        .groupMembershipOperation();
  }
}
