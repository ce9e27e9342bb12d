package io.millrace.source;

import io.millrace.provider.Catalogue;
import io.millrace.yaml.Fault;
import io.millrace.yaml.Faults;
import io.millrace.yaml.InvalidFileException;
import io.millrace.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Every connected source. It holds all of them or, if one is unsound, is not built. */
public final class Sources {
  static final String SUFFIX = ".yaml";

  private final Map<String, Source> byName;

  private Sources(Map<String, Source> byName) {
    this.byName = Collections.unmodifiableMap(byName);
  }

  /**
   * Reads {@code directory/*.yaml}, and the secrets they refer to.
   *
   * @param environment looks an environment variable up
   * @throws InvalidFileException with every fault of every file
   */
  public static Sources load(
      Path directory, Catalogue catalogue, Function<String, Optional<String>> environment) {
    return SourceFolder.withSecrets(directory, catalogue, environment).read();
  }

  /**
   * Reads the same but not the secrets, for whoever interprets deliveries that have been verified.
   *
   * @throws InvalidFileException with every fault of every file
   */
  public static Sources loadWithoutSecrets(Path directory, Catalogue catalogue) {
    return SourceFolder.withoutSecrets(directory, catalogue).read();
  }

  /**
   * Reads given files.
   *
   * @throws InvalidFileException with every fault of every file
   */
  static Sources load(SourceFiles files, SourceReader reader) {
    List<Fault> faults = new ArrayList<>();
    Map<String, Source> byName = new TreeMap<>();
    for (Surveyed surveyed : read(files, reader)) {
      faults.addAll(surveyed.faults());
      surveyed.source().ifPresent(source -> byName.put(source.name(), source));
    }
    if (!faults.isEmpty()) {
      throw new InvalidFileException(faults);
    }
    return new Sources(byName);
  }

  /**
   * Reads the same, to look at only: on a machine that lacks the secrets, the sources can still be
   * listed.
   *
   * @throws InvalidFileException if there is no such directory
   */
  public static List<Surveyed> survey(
      Path directory, Catalogue catalogue, Function<String, Optional<String>> environment) {
    SourceFiles files = new SourceFiles(directory);
    return read(files, SourceReader.withSecrets(catalogue, environment, files));
  }

  /**
   * One file of a source.
   *
   * @param source what it says; empty if that much cannot be told
   * @param faults what keeps it from being connected; empty if nothing does
   */
  public record Surveyed(Optional<Source> source, List<Fault> faults) {
    public Surveyed {
      faults = List.copyOf(faults);
    }
  }

  /**
   * Refuses a source nothing could be verified for: it has no secret, and no longer waits for its
   * provider to bring one.
   *
   * @throws InvalidFileException that names each
   */
  public void requireProof(Instant now) {
    List<Fault> faults =
        byName.values().stream()
            .filter(source -> source.isWithoutProof(now))
            .map(
                source ->
                    new Fault(
                        "source " + source.name(),
                        "it has no secret, and the time to capture one is over",
                        "set captureUntil a few minutes ahead and connect the provider again"))
            .toList();
    if (!faults.isEmpty()) {
      throw new InvalidFileException(faults);
    }
  }

  public Optional<Source> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All of them, by name. */
  public Collection<Source> all() {
    return byName.values();
  }

  /** These and those of another set that these do not name. */
  public Sources orElse(Sources others) {
    Map<String, Source> all = new TreeMap<>(others.byName);
    all.putAll(byName);
    return new Sources(all);
  }

  private static List<Surveyed> read(SourceFiles files, SourceReader reader) {
    return list(files).stream().map(file -> read(file, files, reader)).toList();
  }

  private static Surveyed read(Path file, SourceFiles files, SourceReader reader) {
    String name = file.toString();
    if (!name.endsWith(SUFFIX)) {
      return faulty(new Fault(name, "it would be overlooked", "rename it to end in " + SUFFIX));
    }
    try {
      Faults faults = new Faults();
      Optional<Source> source =
          YamlFile.read(name, files.read(file), faults, section -> reader.read(file, section))
              .flatMap(Function.identity());
      return new Surveyed(source, faults.all());
    } catch (IOException unreadable) {
      return faulty(
          new Fault(
              name,
              "it cannot be read",
              "check that it is UTF-8 text and that its permissions allow it"));
    }
  }

  private static Surveyed faulty(Fault fault) {
    return new Surveyed(Optional.empty(), List.of(fault));
  }

  private static List<Path> list(SourceFiles files) {
    try {
      return files.list();
    } catch (IOException unreadable) {
      throw new InvalidFileException(
          List.of(
              new Fault(
                  files.directory().toString(),
                  "the folder cannot be read",
                  "create it, or name another with --sources")));
    }
  }
}
