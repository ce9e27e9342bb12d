package io.millrace.provider;

import io.millrace.yaml.Fault;
import io.millrace.yaml.Faults;
import io.millrace.yaml.InvalidFileException;
import io.millrace.yaml.Suggestions;
import io.millrace.yaml.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All providers that have an entry. The entries of a folder are read at once, and one invalid entry
 * makes the catalogue fail. The bundled entries are known to be valid, because tests check them,
 * and each is read on demand: reading all of them takes longer than most commands run.
 */
public final class Catalogue {
  private static final String FOLDER = "catalogue";
  private static final String SUFFIX = ".yaml";

  /** Names that can only be file names, not paths. */
  private static final Pattern FILE_NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private final Map<String, Provider> found = new ConcurrentHashMap<>();
  private Optional<Entries> entries;

  /** All entries, and an index by name, alias and variant. */
  private record Entries(List<Provider> providers, Map<String, Provider> byName) {
    Entries {
      providers = List.copyOf(providers);
      byName = Map.copyOf(byName);
    }
  }

  private Catalogue(Optional<Entries> entries) {
    this.entries = entries;
  }

  /** The bundled entries. */
  public static Catalogue bundled() {
    return new Catalogue(Optional.empty());
  }

  /**
   * The bundled entries, and those of the user's own folder.
   *
   * @throws InvalidFileException with every fault of every file, including names that are already
   *     taken
   */
  public static Catalogue with(Path directory) {
    Map<String, String> files = new TreeMap<>(bundledFiles());
    try {
      read(directory).forEach((file, text) -> files.put(directory.resolve(file).toString(), text));
    } catch (IOException unreadable) {
      throw new InvalidFileException(
          List.of(
              new Fault(
                  directory.toString(),
                  "the folder of catalogue entries cannot be read",
                  "create it or choose another with --catalogue, and check that its files are UTF-8")));
    }
    return of(files);
  }

  private static Map<String, String> bundledFiles() {
    URL folder = Catalogue.class.getClassLoader().getResource(FOLDER);
    if (folder == null) {
      throw new IllegalStateException("The program contains no folder " + FOLDER + "; rebuild it");
    }
    try {
      if (folder.openConnection() instanceof JarURLConnection jar) {
        Path archive = Path.of(jar.getJarFileURL().toURI());
        try (FileSystem files = FileSystems.newFileSystem(archive)) {
          return bundled(read(files.getPath(FOLDER)));
        }
      }
      return bundled(read(Path.of(folder.toURI())));
    } catch (IOException | URISyntaxException unreadable) {
      throw new IllegalStateException(
          "The provider catalogue cannot be read at " + folder, unreadable);
    }
  }

  /**
   * Makes a catalogue of the given entries.
   *
   * @param files text by path, bundled files first, so that of two equal names the user's own is
   *     reported
   * @throws InvalidFileException with every fault of every file
   */
  static Catalogue of(Map<String, String> files) {
    return new Catalogue(Optional.of(read(files)));
  }

  private static Entries read(Map<String, String> files) {
    Faults faults = new Faults();
    List<Provider> providers = new ArrayList<>();
    Map<String, Provider> byName = new HashMap<>();
    files.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, String> file) -> !isBundled(file.getKey()))
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(
            entry -> {
              String file = entry.getKey();
              YamlFile.read(file, entry.getValue(), faults, ProviderReader::read)
                  .ifPresent(
                      read -> {
                        checkName(file, read, faults);
                        read.forEach(provider -> register(file, provider, byName, faults));
                        providers.addAll(read);
                      });
            });
    faults.refuse();
    providers.sort(Comparator.comparing(Provider::name));
    return new Entries(providers, byName);
  }

  private static boolean isBundled(String file) {
    return file.startsWith(FOLDER + "/");
  }

  private static void checkName(String file, List<Provider> read, Faults faults) {
    Path last = Path.of(file).getFileName();
    read.stream()
        .limit(1)
        .map(Provider::name)
        .filter(name -> last == null || !last.toString().equals(name + SUFFIX))
        .forEach(
            name ->
                faults.add(new Fault(file, "it describes " + name, "rename the file to match")));
  }

  private static Map<String, String> bundled(Map<String, String> files) {
    Map<String, String> placed = new TreeMap<>();
    files.forEach((file, text) -> placed.put(FOLDER + "/" + file, text));
    return placed;
  }

  private static void register(
      String file, Provider provider, Map<String, Provider> byName, Faults faults) {
    Stream.concat(Stream.of(provider.name()), provider.aliases().stream())
        .filter(name -> byName.putIfAbsent(name, provider) != null)
        .forEach(
            name ->
                faults.add(
                    new Fault(file, "the name " + name + " is already taken", "choose another")));
  }

  private synchronized Entries entries() {
    if (entries.isEmpty()) {
      entries = Optional.of(read(bundledFiles()));
    }
    return entries.get();
  }

  private synchronized boolean isRead() {
    return entries.isPresent();
  }

  /** Finds a provider by name, alias or variant. */
  public Optional<Provider> find(String name) {
    if (isRead()) {
      return Optional.ofNullable(entries().byName().get(name));
    }
    return Optional.ofNullable(found.get(name))
        .or(() -> ofItsFile(name))
        .or(() -> Optional.ofNullable(entries().byName().get(name)));
  }

  /**
   * Finds the file by name: files are named after their provider, and variants begin with its name.
   */
  private Optional<Provider> ofItsFile(String name) {
    if (!FILE_NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    for (String stem = name; ; stem = stem.substring(0, stem.lastIndexOf('-'))) {
      for (Provider provider : providersIn(FOLDER + "/" + stem + SUFFIX)) {
        if (provider.name().equals(name) || provider.aliases().contains(name)) {
          found.put(name, provider);
          return Optional.of(provider);
        }
      }
      if (stem.indexOf('-') < 0) {
        return Optional.empty();
      }
    }
  }

  private static List<Provider> providersIn(String file) {
    try (InputStream bundled = Catalogue.class.getClassLoader().getResourceAsStream(file)) {
      return bundled == null
          ? List.of()
          : YamlFile.read(
              file,
              new String(bundled.readAllBytes(), StandardCharsets.UTF_8),
              ProviderReader::read);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** All providers, by name. */
  public Collection<Provider> all() {
    return entries().providers();
  }

  /** The names most similar to an unknown one; empty if none is similar. */
  public List<String> near(String name) {
    return Suggestions.near(name, entries().byName().keySet());
  }

  private static Map<String, String> read(Path folder) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (Stream<Path> listed = Files.list(folder)) {
      for (Path file : listed.filter(each -> each.toString().endsWith(SUFFIX)).toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
    return files;
  }
}
