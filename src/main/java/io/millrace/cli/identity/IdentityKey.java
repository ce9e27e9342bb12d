package io.millrace.cli.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.app.CommandException;
import io.millrace.app.SecretReference;
import io.millrace.config.Config;
import io.millrace.identity.IdentifierIds;

/** The key that gives identifiers their ids. */
final class IdentityKey {
  private static final String REFERENCE = "env:MILLRACE_SECRET_IDENTITY";

  private IdentityKey() {}

  /**
   * Ids made with the key of the settings.
   *
   * @throws CommandException when there is no key, or it is too short
   */
  static IdentifierIds of(Config config) {
    try {
      return new IdentifierIds(SecretReference.resolve(REFERENCE).getBytes(UTF_8));
    } catch (IllegalArgumentException tooShort) {
      throw CommandException.usage("The setting identity.key: " + tooShort.getMessage());
    }
  }
}
