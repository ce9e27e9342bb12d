package io.millrace.flow.testing;

import io.millrace.flow.stage.Lifecycle;
import io.millrace.flow.stage.Lifecycles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lifecycles for tests. */
public final class TestLifecycles {
  /** Short enough that a model can list every move of it by hand. */
  public static final String SMALL =
      """
      lifecycles:
        - lifecycle: small
          record: lead
          field: status
          onCreation: a
          stages:
            - {stage: a, initial: true, spellings: [Alpha]}
            - {stage: b}
            - {stage: c, events: [lead.qualified]}
            - {stage: d, last: true, outcome: won}
            - {stage: lost, aside: true, last: true, outcome: lost, events: [lead.lost]}
          moves:
            - {from: any, to: [lost]}
            - {from: c, to: [b]}
            - {from: lost, to: [a]}
          watch: [owner]
      """;

  private TestLifecycles() {}

  public static Lifecycle small(Path directory) {
    return read(directory, SMALL).all().getFirst();
  }

  /** What a file says, written into a folder of the test's own. */
  public static Lifecycles read(Path directory, String yaml) {
    try {
      Files.writeString(directory.resolve(Lifecycles.FILE), yaml);
      return Lifecycles.load(directory);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
