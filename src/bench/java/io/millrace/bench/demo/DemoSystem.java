package io.millrace.bench.demo;

import io.millrace.audit.Proof;
import io.millrace.bench.ledger.EventCounter;
import io.millrace.bench.ledger.Warehouse;
import io.millrace.kafka.read.TopicReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The whole system, started and ready to receive. */
public interface DemoSystem extends AutoCloseable {

  /** Where the edge listens, without {@code /in}. */
  URI edge();

  /** The largest body that the edge accepts, in bytes. */
  int maxBodyBytes();

  /** A new reader; the caller closes it. */
  TopicReader openTopics();

  EventCounter counter();

  /** The id of the person with an e-mail address. */
  String personId(String email);

  /** An audit of everything delivered so far; the caller closes it. */
  Proof openProof();

  Warehouse warehouse();

  /** What is still in progress, in words: consumer groups that lag, connectors that do not run. */
  List<String> underWay();

  /** The addresses of the parts, a line each. */
  List<String> addresses();

  /** Stops everything; a second call does nothing. */
  @Override
  void close();

  /** Starts the system. */
  @FunctionalInterface
  interface Starter {
    /**
     * Starts everything and returns once the edge is ready.
     *
     * @param data where the system keeps its data
     * @param portOffset added to every port
     * @param environment secrets of the demo's sources, by environment variable
     * @param progress receives the progress of the start
     */
    DemoSystem start(
        Path data, int portOffset, Map<String, String> environment, Consumer<String> progress);
  }
}
