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

/** The whole system, started and ready to be sent to. */
public interface DemoSystem extends AutoCloseable {

  /** Where the edge listens, without {@code /in}. */
  URI edge();

  /** The largest body the edge takes, in bytes. */
  int maxBodyBytes();

  /** A reader of its own for whoever asks; the caller closes it. */
  TopicReader openTopics();

  EventCounter counter();

  /** An audit of all that has been delivered by now; the caller closes it. */
  Proof openProof();

  Warehouse warehouse();

  /**
   * What still has something to do, in words: consumer groups that lag, connectors that do not run.
   */
  List<String> underWay();

  /** What there is to look at and where, a line each. */
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
     * @param progress told what is being done
     */
    DemoSystem start(
        Path data, int portOffset, Map<String, String> environment, Consumer<String> progress);
  }
}
