package io.millrace.bench.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.file.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The secrets of the embedded stack: generated at its first start, never shipped, and each in a
 * file that only its owner can read. Processes are given a file's path or an environment variable,
 * because every user of the machine can read a command line.
 */
final class StackSecrets {
  static final String WAREHOUSE_KEY = "password";
  private static final int BYTES = 24;

  private final Path folder;

  private StackSecrets(Path folder) {
    this.folder = folder;
  }

  /**
   * The secrets of a folder, generated now if it has none.
   *
   * @param isNew whether nothing yet knows the passwords of this folder
   * @throws StackException if a secret is missing although the data it belongs to exists
   */
  static StackSecrets in(Path folder, boolean isNew) throws IOException {
    StackSecrets secrets = new StackSecrets(OwnerOnly.folder(folder));
    for (Path file : new Path[] {secrets.superuserFile(), secrets.registryFile()}) {
      secrets.draw(file, isNew, "");
    }
    secrets.draw(secrets.connectFile(), true, "");
    secrets.draw(secrets.warehouseFile(), isNew, WAREHOUSE_KEY + "=");
    secrets.draw(secrets.identityFile(), isNew, "");
    OwnerOnly.replace(secrets.passFile(), secrets.passLine().getBytes(UTF_8));
    return secrets;
  }

  /** The secrets of a folder in which a stack has been started. */
  static StackSecrets at(Path folder) {
    return new StackSecrets(folder);
  }

  private void draw(Path file, boolean isNew, String before) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    if (!isNew) {
      throw new StackException(
          ("the secret in %s is missing, and without it the data next to it cannot be used:"
                  + " restore the file, or choose another directory with --data DIR")
              .formatted(file));
    }
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    OwnerOnly.replace(file, (before + HexFormat.of().formatHex(random) + "\n").getBytes(UTF_8));
  }

  /** The password of PostgreSQL's superuser, which only this process uses. */
  Path superuserFile() {
    return folder.resolve("superuser");
  }

  /** The password of the registry's role in PostgreSQL. */
  Path registryFile() {
    return folder.resolve("registry");
  }

  /** The password that changes of connectors require. */
  Path connectFile() {
    return folder.resolve("connect");
  }

  /** The warehouse's password as a property, the only file that Connect may read. */
  Path warehouseFile() {
    return folder.resolve("warehouse.properties");
  }

  /** The key with which the ids of people are made. */
  Path identityFile() {
    return folder.resolve("identity");
  }

  /** The warehouse's password as {@code psql} reads it. */
  Path passFile() {
    return folder.resolve("pgpass");
  }

  String superuser() throws IOException {
    return read(superuserFile());
  }

  String registry() throws IOException {
    return read(registryFile());
  }

  String connect() throws IOException {
    return read(connectFile());
  }

  String warehouse() throws IOException {
    return read(warehouseFile()).substring(WAREHOUSE_KEY.length() + 1);
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file).strip();
  }

  private String passLine() throws IOException {
    return "127.0.0.1:*:%s:%s:%s%n".formatted(Warehouse.DATABASE, Warehouse.USER, warehouse());
  }

  @Override
  public String toString() {
    return "StackSecrets in " + folder;
  }
}
