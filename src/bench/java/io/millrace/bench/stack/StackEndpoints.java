package io.millrace.bench.stack;

/**
 * The addresses of the parts of the stack.
 *
 * @param bootstrapServers the broker
 * @param registryUrl the schema registry's root
 * @param confluentUrl the registry's API in Confluent's form
 * @param connectUrl the Connect worker's REST API
 * @param jdbcUrl the warehouse, without user and password
 * @param jdbcUser owner of the warehouse's tables
 * @param jdbcPassword its password, not checked on the loopback interface
 */
public record StackEndpoints(
    String bootstrapServers,
    String registryUrl,
    String confluentUrl,
    String connectUrl,
    String jdbcUrl,
    String jdbcUser,
    String jdbcPassword) {

  /** The warehouse as {@code psql} takes it. */
  public String psqlUrl() {
    return jdbcUrl.replace("jdbc:", "").replace("//", "//%s:%s@".formatted(jdbcUser, jdbcPassword));
  }
}
