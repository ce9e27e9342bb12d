package io.millrace.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.provider.Catalogue;
import io.millrace.source.SourceFolder;
import io.millrace.source.Sources;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** What is measured around the edge and the flow: their sources, backlog and completeness. */
public final class ProcessMeters {
  private static final Clock CLOCK = Clock.systemUTC();

  private ProcessMeters() {}

  /**
   * Registers them.
   *
   * @param folder empty, for the files of sources
   */
  public static void register(MeterRegistry registry, Path folder) {
    Catalogue catalogue = Catalogue.bundled();
    for (String part : new String[] {"edge", "stream"}) {
      SourceFolder sources = SourceFolder.withoutSecrets(folder, catalogue);
      new SourceWatch(sources, part, changed -> {}, registry, CLOCK).close();
    }
    new CrowdedPartition(
            () -> Map.of(0, 1L),
            () -> Sources.load(folder, catalogue, name -> Optional.empty()),
            registry)
        .look();
    new DeadLetterAge(Optional::empty, CLOCK, registry).look();
    new CompletenessMetrics(registry, CLOCK).completeUntil("events-ordered", CLOCK.instant());
  }
}
