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
 * The files a set of sources is read from, and what each of them held: enough to tell later whether
 * one has changed. By content, because a mounted Kubernetes secret changes by a link far up the
 * path, which neither a file's time nor a watch on its folder reliably shows.
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

  /** The files of the sources, by name, also those whose name would have them overlooked. */
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

  /** The text of one file, be it a source's or a secret's. */
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

  /** Whether there is such a file. */
  boolean holds(Path file) {
    if (Files.exists(file)) {
      return true;
    }
    seen.put(file, UNREADABLE);
    return false;
  }

  /** What was seen: a digest for each file that was read, and the listing of the folder. */
  Map<Path, String> seen() {
    return Map.copyOf(seen);
  }

  /** Whether all of it is still as it was seen. */
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

  /** Not the text itself: secrets are kept in one place only. */
  private static String digest(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }
}
