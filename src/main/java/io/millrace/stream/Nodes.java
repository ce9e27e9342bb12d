package io.millrace.stream;

import io.millrace.kafka.Topic;

/** Names of the nodes that read and write topics. */
final class Nodes {
  private Nodes() {}

  static String read(Topic<?> topic) {
    return "read-" + topic.name();
  }

  static String write(Topic<?> topic) {
    return "write-" + topic.name();
  }
}
