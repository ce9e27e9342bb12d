package io.millrace.kafka.provision;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.kafka.topic.ProvisioningException;
import io.millrace.kafka.topic.RegistrySettings;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** A client of the schema registry through Confluent's API, which every common registry offers. */
public final class RegistryClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RestClient rest;

  public RegistryClient(RegistrySettings settings) {
    this.rest = new RestClient("schema registry", settings.url());
  }

  /**
   * Registers a version of a subject's schema, once; a version that is already there stays as it
   * is.
   *
   * @throws ProvisioningException when the registry cannot be reached, or finds the schema
   *     incompatible with an earlier version
   */
  public void register(String subject, Schema schema) {
    RestClient.Answer answer =
        rest.send(
            "POST",
            "/subjects/" + subject + "/versions",
            json(Map.of("schema", schema.toString())));
    if (answer.status() == 409) {
      throw new ProvisioningException(
          "the schema registry refused the schema of %s as incompatible with an earlier version: %s"
              .formatted(subject, answer.body()));
    }
    answer.orRefuse("register the schema of " + subject);
  }

  /**
   * Asks whether a schema may become the next version of a subject.
   *
   * @return why not; empty if it may, or is the first
   */
  public Optional<String> check(String subject, Schema schema) {
    RestClient.Answer answer =
        rest.send(
            "POST",
            "/compatibility/subjects/" + subject + "/versions?verbose=true",
            json(Map.of("schema", schema.toString())));
    if (answer.status() == 404) {
      return Optional.empty();
    }
    answer.orRefuse("compare the schema of " + subject);
    return isCompatible(answer.body())
        ? Optional.empty()
        : Optional.of(subject + " is incompatible with a registered version: " + answer.body());
  }

  private static boolean isCompatible(String answer) {
    try {
      return JSON.readTree(answer).path("is_compatible").asBoolean();
    } catch (IOException noJson) {
      throw new ProvisioningException(
          "the schema registry's answer is not JSON: " + answer, noJson);
    }
  }

  /** Sets the compatibility rule for new versions of a subject's schema. */
  public void demand(String subject, String compatibility) {
    rest.send("PUT", "/config/" + subject, json(Map.of("compatibility", compatibility)))
        .orRefuse("set the compatibility of " + subject);
  }

  private static String json(Map<String, String> body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
