package io.millrace.identity;

import io.millrace.event.Identifier;
import io.millrace.model.SystemId;
import java.util.List;
import java.util.stream.Collectors;

/** Identifiers in words, for people who may see what they name. */
public final class IdentifierText {
  private IdentifierText() {}

  /** {@code email ada@example.com}, {@code contact crm:101}. */
  public static String of(Identifier identifier) {
    return identifier.getKind()
        + ' '
        + new SystemId(identifier.getSystem(), identifier.getValue()).text();
  }

  /** Several of them. */
  public static String of(List<Identifier> identifiers) {
    return identifiers.stream().map(IdentifierText::of).collect(Collectors.joining(", "));
  }
}
