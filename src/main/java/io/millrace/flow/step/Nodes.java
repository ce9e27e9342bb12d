package io.millrace.flow.step;

import io.millrace.kafka.topic.Topic;

/** Names of the nodes that read and write topics. */
public final class Nodes {
  private Nodes() {}

  public static String read(Topic<?> topic) {
    return "read-" + topic.name();
  }

  public static String write(Topic<?> topic) {
    return "write-" + topic.name();
  }
}
