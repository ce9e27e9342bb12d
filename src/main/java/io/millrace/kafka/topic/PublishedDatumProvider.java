package io.millrace.kafka.topic;

import io.apicurio.registry.serde.avro.DefaultAvroDatumProvider;
import org.apache.avro.Schema;

/** Makes Apicurio's serializer look up the schema as it was registered. Instantiated by name. */
public final class PublishedDatumProvider<T> extends DefaultAvroDatumProvider<T> {
  @Override
  public Schema toSchema(T data) {
    return PublishedSchema.of(super.toSchema(data));
  }
}
