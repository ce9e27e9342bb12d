package io.millrace.normalize.testing;

import io.millrace.identity.IdentifierIds;
import io.millrace.identity.IdentityRules;
import io.millrace.normalize.NormalizeRules;
import io.millrace.normalize.field.FieldRules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The ids of people and accounts in tests: always made with the same key. */
public final class TestIds {
  /** The key in the form in which a setting refers to it. */
  public static final String KEY = "0123456789abcdef0123456789abcdef";

  public static final IdentifierIds IDS = new IdentifierIds(KEY.getBytes(StandardCharsets.UTF_8));

  private static final IdentityRules REAL = IdentityRules.load(Path.of("topology", "rules"));

  private TestIds() {}

  /** The real rules of identity, and these for fields. */
  public static NormalizeRules rules(FieldRules fields) {
    return new NormalizeRules(fields, REAL, IDS);
  }

  /** The real rules of identity, and none for fields. */
  public static NormalizeRules rules() {
    return rules(FieldRules.none());
  }

  /** The id of an e-mail address. */
  public static String email(String address) {
    return IDS.id("email", "", address);
  }

  /** The id of an id in a system. */
  public static String id(String kind, String system, String value) {
    return IDS.id(kind, system, value);
  }
}
