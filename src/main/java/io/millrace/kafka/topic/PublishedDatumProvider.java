package io.millrace.kafka.topic;

import io.apicurio.registry.serde.avro.DefaultAvroDatumProvider;
import org.apache.avro.Schema;

/** Lets Apicurio's serializer look for the schema as it was registered. Created by its name. */
public final class PublishedDatumProvider<T> extends DefaultAvroDatumProvider<T> {
  @Override
  public Schema toSchema(T data) {
    return PublishedSchema.of(super.toSchema(data));
  }
}
