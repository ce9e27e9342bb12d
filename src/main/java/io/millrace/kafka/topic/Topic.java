package io.millrace.kafka.topic;

import org.apache.avro.specific.SpecificRecord;

/**
 * A topic as a value: its name and the type of its values. All keys are UTF-8 strings.
 *
 * @param name the topic's name, a list of facts such as {@code events-ordered}
 * @param valueType the generated class of its values
 */
public record Topic<V extends SpecificRecord>(String name, Class<V> valueType) {}
