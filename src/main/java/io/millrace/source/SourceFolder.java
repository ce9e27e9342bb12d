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
 * The folder of the connected sources, looked at again and again. A changed set of sources is read
 * and checked as a whole, so that one fault leaves everything as it was.
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
   * For whoever verifies.
   *
   * @param environment looks an environment variable up; what it says cannot change in a process
   */
  public static SourceFolder withSecrets(
      Path directory, Catalogue catalogue, Function<String, Optional<String>> environment) {
    return new SourceFolder(
        directory, files -> SourceReader.withSecrets(catalogue, environment, files));
  }

  /** For whoever interprets deliveries that have been verified. */
  public static SourceFolder withoutSecrets(Path directory, Catalogue catalogue) {
    return new SourceFolder(directory, files -> SourceReader.withoutSecrets(catalogue, files));
  }

  /** What a look at the folder found. */
  public sealed interface Look {
    /** Nothing new. */
    record Unchanged() implements Look {}

    /** Something is being changed; the next look says what it has become. */
    record Unsettled() implements Look {}

    /** New sources. */
    record Changed(Sources sources) implements Look {}

    /** Something changed and is unsound: whatever was connected before should stay so. */
    record Unsound(List<Fault> faults) implements Look {
      public Unsound {
        faults = List.copyOf(faults);
      }
    }
  }

  /**
   * Reads all of it for the first time.
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
   * Looks for a change. It counts once two looks in a row have seen the same, so that neither a
   * half-written file does nor one half of a change to two files.
   */
  public synchronized Look look() {
    return look(true);
  }

  /** Looks for a change that is already relied upon, and so has to count at once. */
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
    // An unsound change counts as seen too, or it would be complained about at every look.
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
        return new Look.Unsound(List.of(noneLeft()));
      }
      return new Look.Changed(sources);
    } catch (InvalidFileException unsound) {
      return new Look.Unsound(unsound.faults());
    }
  }

  /** Rather a volume that went away than a wish: some senders give up for good after one 404. */
  private Fault noneLeft() {
    return new Fault(
        directory.toString(),
        "no source is left in the folder",
        "put the files back; to take no more deliveries at all, stop the edge");
  }
}
