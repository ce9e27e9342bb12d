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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** All connected sources. If one is invalid, none are loaded. */
public final class Sources {
  static final String SUFFIX = ".yaml";

  private final Map<String, Source> byName;

  private Sources(Map<String, Source> byName) {
    this.byName = Collections.unmodifiableMap(byName);
  }

  /**
   * Reads {@code directory/*.yaml} and the secrets they refer to.
   *
   * @param environment looks up an environment variable
   * @throws InvalidFileException with every fault of every file
   */
  public static Sources load(
      Path directory, Catalogue catalogue, Function<String, Optional<String>> environment) {
    return SourceFolder.withSecrets(directory, catalogue, environment).read();
  }

  /**
   * Reads the sources without their secrets, for the flow, which reads verified deliveries.
   *
   * @throws InvalidFileException with every fault of every file
   */
  public static Sources loadWithoutSecrets(Path directory, Catalogue catalogue) {
    return SourceFolder.withoutSecrets(directory, catalogue).read();
  }

  /**
   * Reads the given files.
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
   * Reads the sources for display only: they can be listed on a machine without the secrets.
   *
   * @throws InvalidFileException if there is no such directory
   */
  public static List<Surveyed> survey(
      Path directory, Catalogue catalogue, Function<String, Optional<String>> environment) {
    SourceFiles files = new SourceFiles(directory);
    return read(files, SourceReader.withSecrets(catalogue, environment, files));
  }

  /**
   * The file of one source.
   *
   * @param source the source; empty if it could not be read
   * @param faults what prevents it from being connected; empty if nothing does
   */
  public record Surveyed(Optional<Source> source, List<Fault> faults) {
    public Surveyed {
      faults = List.copyOf(faults);
    }

    private Surveyed with(Fault fault) {
      return new Surveyed(source, Stream.concat(faults.stream(), Stream.of(fault)).toList());
    }
  }

  /**
   * Refuses sources that can never verify a delivery: those without a secret that no longer expect
   * one from their provider.
   *
   * @throws InvalidFileException naming each of them
   */
  public void requireProof(Instant now) {
    List<Fault> faults =
        byName.values().stream()
            .filter(source -> source.isWithoutProof(now))
            .map(
                source ->
                    new Fault(
                        "source " + source.name(),
                        "it has no secret, and captureUntil is over",
                        "set captureUntil to a few minutes from now, and connect the provider again"))
            .toList();
    if (!faults.isEmpty()) {
      throw new InvalidFileException(faults);
    }
  }

  public Optional<Source> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All sources, by name. */
  public Collection<Source> all() {
    return byName.values();
  }

  /** These sources, and those of another set with other names. */
  public Sources orElse(Sources others) {
    Map<String, Source> all = new TreeMap<>(others.byName);
    all.putAll(byName);
    return new Sources(all);
  }

  private static List<Surveyed> read(SourceFiles files, SourceReader reader) {
    Map<Path, Surveyed> surveyed = new LinkedHashMap<>();
    list(files).forEach(file -> surveyed.put(file, read(file, files, reader)));
    Map<Path, Source> sound = new LinkedHashMap<>();
    surveyed.forEach((file, each) -> each.source().ifPresent(source -> sound.put(file, source)));
    SharedSystems.faults(sound)
        .forEach(
            (file, fault) -> surveyed.computeIfPresent(file, (same, each) -> each.with(fault)));
    return List.copyOf(surveyed.values());
  }

  private static Surveyed read(Path file, SourceFiles files, SourceReader reader) {
    String name = file.toString();
    if (!name.endsWith(SUFFIX)) {
      return faulty(new Fault(name, "it would be ignored", "rename it to end in " + SUFFIX));
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
                  "create it, or choose another with --sources")));
    }
  }
}
