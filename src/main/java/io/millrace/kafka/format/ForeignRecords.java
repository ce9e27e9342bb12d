package io.millrace.kafka.format;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Skips foreign records on topics of Millrace: a record without a value, or one that is not in our
 * wire format, would fail the thread repeatedly and block its partition permanently. It never was
 * an event, so nothing is lost; it stays on the topic for inspection.
 *
 * <p>A record in the format that cannot be read ends the thread: usually the registry is
 * unavailable, and then nothing may be skipped.
 */
public final class ForeignRecords implements DeserializationExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ForeignRecords.class);

  /** A zero byte and the schema's id in four bytes. */
  static final int HEAD = 5;

  @Override
  public Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception failure) {
    if (isOurs(record.value())) {
      return Response.fail();
    }
    LOG.error(
        "Skipped the record at offset {} of {}-{}: it is not in the Confluent wire format. Only"
            + " Millrace may write to this topic; find the other writer",
        record.offset(),
        record.topic(),
        record.partition());
    return Response.resume();
  }

  /** Whether a value is in the wire format; it may still be unreadable. */
  public static boolean isOurs(byte @Nullable [] value) {
    return value != null && value.length >= HEAD && value[0] == 0;
  }

  @Override
  public void configure(Map<String, ?> settings) {}
}
