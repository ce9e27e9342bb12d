package io.millrace.source;

import io.millrace.provider.Catalogue;
import io.millrace.yaml.Fault;
import io.millrace.yaml.InvalidFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The folder of the connected sources, checked repeatedly for changes. A changed set of sources is
 * read and checked as a whole, so one fault leaves everything unchanged.
 */
public final class SourceFolder {
  private final Path directory;
  private final Function<SourceFiles, SourceReader> reader;
  private SourceFiles files;
  private Map<Path, String> unsettled = Map.of();
  private boolean empty = true;

  private SourceFolder(Path directory, Function<SourceFiles, SourceReader> reader) {
    this.directory = directory;
    this.reader = reader;
    this.files = new SourceFiles(directory);
  }

  /**
   * A folder for the edge, which verifies deliveries.
   *
   * @param environment looks up an environment variable, whose value is fixed for a process
   */
  public static SourceFolder withSecrets(
      Path directory, Catalogue catalogue, Function<String, Optional<String>> environment) {
    return new SourceFolder(
        directory, files -> SourceReader.withSecrets(catalogue, environment, files));
  }

  /** A folder for the flow, which reads verified deliveries. */
  public static SourceFolder withoutSecrets(Path directory, Catalogue catalogue) {
    return new SourceFolder(directory, files -> SourceReader.withoutSecrets(catalogue, files));
  }

  /** The result of checking the folder. */
  public sealed interface Look {
    /** Nothing has changed. */
    record Unchanged() implements Look {}

    /** A change is in progress; the next check reports it. */
    record Unsettled() implements Look {}

    /** The sources have changed. */
    record Changed(Sources sources) implements Look {}

    /** The changed files have faults: the sources connected before stay connected. */
    record Invalid(List<Fault> faults) implements Look {
      public Invalid {
        faults = List.copyOf(faults);
      }
    }
  }

  /**
   * Reads the folder for the first time.
   *
   * @throws InvalidFileException with every fault of every file
   */
  public synchronized Sources read() {
    files = new SourceFiles(directory);
    Sources sources = Sources.load(files, reader.apply(files));
    empty = sources.all().isEmpty();
    return sources;
  }

  /**
   * Checks for a change. It is reported once two consecutive checks have seen the same, so neither
   * a half-written file nor half of a change to two files is.
   */
  public synchronized Look look() {
    return look(true);
  }

  /** Checks for a change and reports it immediately, because it is already relied upon. */
  public synchronized Look lookNow() {
    return look(false);
  }

  private Look look(boolean settle) {
    if (files.isUnchanged()) {
      unsettled = Map.of();
      return new Look.Unchanged();
    }
    SourceFiles changed = new SourceFiles(directory);
    Look look = read(changed);
    if (settle && !changed.seen().equals(unsettled)) {
      unsettled = changed.seen();
      return new Look.Unsettled();
    }
    // A faulty change counts as seen too, otherwise it would be reported at every check.
    files = changed;
    unsettled = Map.of();
    if (look instanceof Look.Changed sound) {
      empty = sound.sources().all().isEmpty();
    }
    return look;
  }

  private Look read(SourceFiles changed) {
    try {
      Sources sources = Sources.load(changed, reader.apply(changed));
      if (sources.all().isEmpty() && !empty) {
        return new Look.Invalid(List.of(noneLeft()));
      }
      return new Look.Changed(sources);
    } catch (InvalidFileException invalid) {
      return new Look.Invalid(invalid.faults());
    }
  }

  /** More likely a lost volume than intended, and some senders stop permanently after one 404. */
  private Fault noneLeft() {
    return new Fault(
        directory.toString(),
        "the folder contains no source any more",
        "restore the files; to stop receiving deliveries, stop the edge");
  }
}
