package io.millrace.spool;

import io.millrace.event.Delivery;
import io.millrace.kafka.topic.TrustedTypes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.SchemaStore;

/**
 * Deliveries in Avro's single-object encoding: the schema's fingerprint, then the data. The schemas
 * are stored in the spool, so that a later version can read the deliveries of an earlier one.
 */
final class DeliveryCodec {
  /** The schema that {@link #encode} writes, as text. */
  static final String SCHEMA = Delivery.getClassSchema().toString();

  static {
    TrustedTypes.declare();
  }

  private final BinaryMessageDecoder<Delivery> decoder;

  /**
   * @param schemas all schemas that deliveries may have been encoded with
   */
  DeliveryCodec(List<String> schemas) {
    SchemaStore.Cache known = new SchemaStore.Cache();
    schemas.forEach(schema -> known.addSchema(new Schema.Parser().parse(schema)));
    decoder = Delivery.createDecoder(known);
  }

  static ByteBuffer encode(Delivery delivery) {
    try {
      return Delivery.getEncoder().encode(delivery);
    } catch (IOException impossible) {
      throw new IllegalStateException("Writing to memory failed", impossible);
    }
  }

  /**
   * @throws SpoolException if the bytes are not a delivery of a known schema
   */
  Delivery decode(ByteBuffer bytes) {
    try {
      return decoder.decode(bytes.duplicate());
    } catch (IOException | RuntimeException unreadable) {
      throw new SpoolException("it cannot be decoded (%s)".formatted(unreadable), unreadable);
    }
  }
}
