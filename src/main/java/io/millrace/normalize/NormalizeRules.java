package io.millrace.normalize;

import io.millrace.identity.IdentifierIds;
import io.millrace.identity.IdentityRules;
import io.millrace.normalize.field.FieldRules;
import java.nio.charset.StandardCharsets;

/**
 * What normalizing needs besides the sources.
 *
 * @param fields the table of fields
 * @param identity which identifiers are stronger than others
 * @param ids makes the opaque ids of identifiers
 */
public record NormalizeRules(FieldRules fields, IdentityRules identity, IdentifierIds ids) {
  /** Everybody has this key, so its ids must not leave the process. */
  private static final byte[] NO_SECRET =
      "these ids are only for show".getBytes(StandardCharsets.UTF_8);

  /**
   * Rules for showing what a delivery would become: the opaque ids are those of no installation.
   */
  public static NormalizeRules forShow(FieldRules fields, IdentityRules identity) {
    return new NormalizeRules(fields, identity, new IdentifierIds(NO_SECRET));
  }

  /** Rules that check nothing, for counting. */
  public static NormalizeRules none() {
    return forShow(FieldRules.none(), IdentityRules.none());
  }
}
