package io.millrace.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.config.Config;
import io.millrace.source.SourceFolder;
import io.millrace.source.Sources;
import java.time.Clock;

/**
 * The sources as the flow knows them, which are those of the folder and those that were in it since
 * the start: what the edge took while a source was connected has to become events after its file is
 * gone, too. They may change between two deliveries. What a task remembers depends on them in one
 * thing only: how long ids are kept follows from the longest dedupe window at the start.
 */
public final class LiveSources implements AutoCloseable {
  /** A removed source's backlog must not have the folder read once for each delivery. */
  private static final long NANOS_BETWEEN_LOOKS = 1_000_000_000L;

  private final SourceWatch watch;
  private volatile Sources sources;
  private volatile long lookedAt = System.nanoTime() - NANOS_BETWEEN_LOOKS;

  /**
   * Reads and then watches them.
   *
   * @throws io.millrace.yaml.InvalidFileException with every fault of every file
   */
  LiveSources(Config.Topology topology, MeterRegistry registry, Clock clock) {
    SourceFolder folder =
        SourceFolder.withoutSecrets(topology.sources(), Catalogues.load(topology.catalogue()));
    sources = folder.read();
    watch = new SourceWatch(folder, "stream", this::use, registry, clock);
    watch.every(topology.sourcesReload());
  }

  private void use(Sources changed) {
    sources = changed.orElse(sources);
  }

  /**
   * Those known when a delivery of one of them is there. Where that one is not known, the edge may
   * have been quicker to see its file.
   */
  Sources whenNeeding(String name) {
    if (sources.find(name).isEmpty() && System.nanoTime() - lookedAt > NANOS_BETWEEN_LOOKS) {
      lookedAt = System.nanoTime();
      watch.lookNow();
    }
    return sources;
  }

  /** Those known now. */
  Sources known() {
    return sources;
  }

  @Override
  public void close() {
    watch.close();
  }
}
