package io.millrace.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that a set of sources was read from, with a digest of each, to detect changes. Compared
 * by content, because a mounted Kubernetes secret changes through a link further up the path, which
 * neither file times nor a watch on the folder show reliably.
 */
final class SourceFiles {
  private static final String UNREADABLE = "unreadable";

  private final Path directory;
  private final Map<Path, String> seen = new TreeMap<>();

  SourceFiles(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  /** The files of the sources, by name, including those whose ending would make them ignored. */
  List<Path> list() throws IOException {
    try {
      List<Path> files = listing(directory);
      seen.put(directory, names(files));
      return files;
    } catch (IOException unreadable) {
      seen.put(directory, UNREADABLE);
      throw unreadable;
    }
  }

  /** Reads a file of a source or a secret. */
  String read(Path file) throws IOException {
    try {
      String text = Files.readString(file);
      seen.put(file, digest(text));
      return text;
    } catch (IOException unreadable) {
      seen.put(file, UNREADABLE);
      throw unreadable;
    }
  }

  /** Whether the file exists. */
  boolean holds(Path file) {
    if (Files.exists(file)) {
      return true;
    }
    seen.put(file, UNREADABLE);
    return false;
  }

  /** What was read: a digest of each file, and the listing of the folder. */
  Map<Path, String> seen() {
    return Map.copyOf(seen);
  }

  /** Whether nothing has changed since it was read. */
  boolean isUnchanged() {
    return seen.entrySet().stream().allMatch(each -> each.getValue().equals(now(each.getKey())));
  }

  private String now(Path path) {
    try {
      return path.equals(directory) ? names(listing(path)) : digest(Files.readString(path));
    } catch (IOException unreadable) {
      return UNREADABLE;
    }
  }

  private static List<Path> listing(Path directory) throws IOException {
    try (Stream<Path> listed = Files.list(directory)) {
      return listed
          .filter(
              file -> file.toString().endsWith(Sources.SUFFIX) || file.toString().endsWith(".yml"))
          .sorted()
          .toList();
    } catch (UncheckedIOException brokenOff) {
      throw brokenOff.getCause();
    }
  }

  private static String names(List<Path> files) {
    return files.stream().map(Path::toString).collect(Collectors.joining("\n"));
  }

  /** A digest, not the text: secrets are kept in one place only. */
  private static String digest(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }
}
