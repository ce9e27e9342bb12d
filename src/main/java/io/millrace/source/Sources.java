package io.millrace.source;

import java.io.IOException;
import java.nio.file.Files;
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
import java.util.stream.Stream;

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
   * @throws InvalidSourcesException with every fault of every file
   */
  public static Sources load(
      Path directory, Catalogue catalogue, Function<String, Optional<String>> environment) {
    return sound(survey(directory, catalogue, environment));
  }

  /**
   * Reads the same but not the secrets, for whoever interprets deliveries that have been verified.
   *
   * @throws InvalidSourcesException with every fault of every file
   */
  public static Sources loadWithoutSecrets(Path directory, Catalogue catalogue) {
    return sound(read(directory, SourceReader.withoutSecrets(catalogue)));
  }

  private static Sources sound(List<Surveyed> files) {
    List<Fault> faults = new ArrayList<>();
    Map<String, Source> byName = new TreeMap<>();
    for (Surveyed surveyed : files) {
      faults.addAll(surveyed.faults());
      surveyed.source().ifPresent(source -> byName.put(source.name(), source));
    }
    if (!faults.isEmpty()) {
      throw new InvalidSourcesException(faults);
    }
    return new Sources(byName);
  }

  /**
   * Reads the same, to look at only: on a machine that lacks the secrets, the sources can still be
   * listed.
   *
   * @throws InvalidSourcesException if there is no such directory
   */
  public static List<Surveyed> survey(
      Path directory, Catalogue catalogue, Function<String, Optional<String>> environment) {
    return read(directory, SourceReader.withSecrets(catalogue, environment));
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
   * @throws InvalidSourcesException that names each
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
      throw new InvalidSourcesException(faults);
    }
  }

  public Optional<Source> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All of them, by name. */
  public Collection<Source> all() {
    return byName.values();
  }

  private static List<Surveyed> read(Path directory, SourceReader reader) {
    return files(directory).stream().map(file -> read(reader, file)).toList();
  }

  private static Surveyed read(SourceReader reader, Path file) {
    Faults faults = new Faults(file.toString());
    if (!file.toString().endsWith(SUFFIX)) {
      faults.add("it would be overlooked", "rename it to end in " + SUFFIX);
      return new Surveyed(Optional.empty(), faults.all());
    }
    try {
      Optional<Source> source = reader.read(file, Files.readString(file), faults);
      return new Surveyed(source, faults.all());
    } catch (IOException unreadable) {
      faults.add(
          "it cannot be read", "check that it is UTF-8 text and that its permissions allow it");
      return new Surveyed(Optional.empty(), faults.all());
    }
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> listed = Files.list(directory)) {
      return listed
          .filter(file -> file.toString().endsWith(SUFFIX) || file.toString().endsWith(".yml"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new InvalidSourcesException(
          List.of(
              new Fault(
                  directory.toString(),
                  "the folder cannot be read",
                  "create it, or name another with --sources")));
    }
  }
}
