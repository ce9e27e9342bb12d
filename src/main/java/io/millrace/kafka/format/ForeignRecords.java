package io.millrace.kafka.format;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes over what somebody else wrote to a topic of ours: a record without a value, or one that is
 * not in our wire format, would end the thread again and again and stop its partition for ever. It
 * never was an event, so nothing is lost; it stays where it is for whoever looks for it.
 *
 * <p>What is in the format but cannot be read ends the thread: mostly the registry is away, and
 * then nothing must be passed over.
 */
public final class ForeignRecords implements DeserializationExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ForeignRecords.class);

  /** A zero and the schema's id in four bytes. */
  static final int HEAD = 5;

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception failure) {
    if (isOurs(record.value())) {
      return Response.fail();
    }
    LOG.error(
        "Passed over the record at offset {} of {}-{}: it is not in the Confluent wire format."
            + " Only Millrace writes to this topic; find out who else does",
        record.offset(),
        record.topic(),
        record.partition());
    return Response.resume();
  }

  /** Whether a value is in the wire format; it may still be one that cannot be read. */
  public static boolean isOurs(byte @Nullable [] value) {
    return value != null && value.length >= HEAD && value[0] == 0;
  }

  @Override
  public void configure(Map<String, ?> settings) {}
}
