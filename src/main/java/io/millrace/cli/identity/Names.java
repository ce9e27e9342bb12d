package io.millrace.cli.identity;

import io.millrace.event.Identifier;
import io.millrace.event.LinkedIdentifier;
import io.millrace.identity.whatif.KnownMember;

/** How identifiers are written for operators: so that they can be typed again. */
final class Names {
  private Names() {}

  /** Kind, system and value: {@code email:ada@example.com}, {@code contact:crm:101}. */
  static String of(Identifier identifier) {
    return prefix(identifier.getKind(), identifier.getSystem()) + identifier.getValue();
  }

  /** The same; with the opaque id in place of a value that is not known. */
  static String of(KnownMember member) {
    return prefix(member.end().getKind(), member.end().getSystem())
        + member.value().orElse(member.id());
  }

  /** Without the value, which only its home and its person have. */
  static String of(LinkedIdentifier identifier) {
    return prefix(identifier.getKind(), identifier.getSystem()) + identifier.getId();
  }

  private static String prefix(String kind, String system) {
    return system.isEmpty() ? kind + ":" : kind + ":" + system + ":";
  }
}
