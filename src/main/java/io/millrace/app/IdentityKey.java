package io.millrace.app;

import io.millrace.config.Config;
import io.millrace.identity.IdentifierIds;
import io.millrace.identity.IdentityRules;
import io.millrace.normalize.NormalizeRules;
import io.millrace.normalize.field.FieldRules;
import io.millrace.yaml.InvalidFileException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The key with which the ids of people and accounts are made. Every process that makes ids needs
 * the same one.
 */
public final class IdentityKey {
  /** As many characters as 128 bits have in hexadecimal digits. */
  private static final int SHORTEST = 32;

  private static final String REMEDY =
      "make one with `openssl rand -hex 32`, keep it as long as the topics, and give it to every"
          + " process that runs the flow: the setting identity.key says where it is";

  private IdentityKey() {}

  /**
   * Makes ids with the key that the settings name.
   *
   * @throws CommandException when there is none, or it is too short
   */
  public static IdentifierIds ids(Config config) {
    String key;
    try {
      key = SecretReference.resolve(config.identity().key());
    } catch (CommandException missing) {
      throw CommandException.usage(
          "The key for the ids of people is missing: %s; %s"
              .formatted(missing.getMessage(), REMEDY));
    }
    if (key.length() < SHORTEST) {
      throw CommandException.usage(
          "The key for the ids of people (%s) has %d characters, and at least %d are needed; %s"
              .formatted(config.identity().key(), key.length(), SHORTEST, REMEDY));
    }
    return new IdentifierIds(key.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Everything that the flow normalizes with, besides the sources.
   *
   * @throws CommandException when a file is not valid, or the key is missing
   */
  public static NormalizeRules rules(Config config) {
    Path directory = config.topology().rules();
    try {
      return new NormalizeRules(
          FieldRules.load(directory), IdentityRules.load(directory), ids(config));
    } catch (InvalidFileException invalid) {
      throw CommandException.usage(String.valueOf(invalid.getMessage()));
    }
  }
}
