package io.millrace.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.config.Config;
import io.millrace.source.SourceFolder;
import io.millrace.source.Sources;
import java.time.Clock;

/**
 * The sources that the flow knows: those in the folder, and those removed from it since the start,
 * because what the edge accepted while a source was connected must become events even after its
 * file is gone. They may change between two deliveries. The state of a task depends on them in two
 * ways: the longest dedupe window at the start decides how long ids are kept, and a source's window
 * decides where its ids are remembered. Ids from before a change of the window are not found.
 */
public final class LiveSources implements AutoCloseable {
  /** Prevents that the backlog of a removed source causes a read of the folder per delivery. */
  private static final long NANOS_BETWEEN_LOOKS = 1_000_000_000L;

  private final SourceWatch watch;
  private volatile Sources sources;
  private volatile long lookedAt = System.nanoTime() - NANOS_BETWEEN_LOOKS;

  /**
   * Reads the sources, and then watches them.
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
   * The sources to use for a delivery of one of them. If that source is unknown, the edge may have
   * seen its file first, so the folder is read again.
   */
  Sources whenNeeding(String name) {
    if (sources.find(name).isEmpty() && System.nanoTime() - lookedAt > NANOS_BETWEEN_LOOKS) {
      lookedAt = System.nanoTime();
      watch.lookNow();
    }
    return sources;
  }

  /** The sources known now. */
  Sources known() {
    return sources;
  }

  @Override
  public void close() {
    watch.close();
  }
}
