package io.millrace.bench.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The addresses of the parts of the stack, and where their passwords are.
 *
 * @param bootstrapServers the broker
 * @param registryUrl the schema registry's root
 * @param confluentUrl the registry's API in Confluent's form
 * @param connectUrl the Connect worker's REST API
 * @param jdbcUrl the warehouse, without user and password
 * @param jdbcUser owner of the warehouse's tables
 * @param secrets folder with the passwords, from the first start on
 */
public record StackEndpoints(
    String bootstrapServers,
    String registryUrl,
    String confluentUrl,
    String connectUrl,
    String jdbcUrl,
    String jdbcUser,
    Path secrets) {

  /** The warehouse as {@code psql} takes it, with the file that contains the password. */
  public String psqlUrl() {
    return "'%s?passfile=%s'"
        .formatted(
            jdbcUrl.replace("jdbc:", "").replace("//", "//%s@".formatted(jdbcUser)),
            // As a URL wants it, in single quotes for the shell.
            held().passFile().toUri().getRawPath().replace("'", "%27"));
  }

  /**
   * The password of {@link #jdbcUser()}.
   *
   * @throws UncheckedIOException before the first start
   */
  public String jdbcPassword() {
    try {
      return held().warehouse();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The reference with which a connector names that password: only Connect resolves it. */
  public String jdbcPasswordReference() {
    return "${file:%s:%s}".formatted(held().warehouseFile(), StackSecrets.WAREHOUSE_KEY);
  }

  /** The file with the password that changes of connectors require. */
  public Path connectPasswordFile() {
    return held().connectFile();
  }

  /** The file with the key with which the ids of people are made. */
  public Path identityKeyFile() {
    return held().identityFile();
  }

  private StackSecrets held() {
    return StackSecrets.at(secrets);
  }
}
