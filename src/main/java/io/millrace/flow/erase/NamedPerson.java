package io.millrace.flow.erase;

import io.millrace.event.Identifier;
import io.millrace.identity.IdentifierIds;
import io.millrace.normalize.field.Checked;
import io.millrace.normalize.field.FieldFormat;
import io.millrace.normalize.field.FieldKind;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * How an operator names a person.
 *
 * @param id the opaque id of the identifier
 * @param identifier the identifier; empty if only its id was given
 */
public record NamedPerson(String id, Optional<Identifier> identifier) {
  /** What can be written, for messages. */
  public static final String FORMS =
      "write an e-mail address, a phone number such as +4930901820, kind:system:value such as"
          + " contact:crm:101, or an opaque id of 26 characters";

  private static final Pattern OPAQUE =
      Pattern.compile("[a-z2-7]{%d}".formatted(IdentifierIds.LENGTH));
  private static final Pattern PHONE = Pattern.compile("\\+[0-9 ()./-]{5,}");
  private static final Pattern NAMED = Pattern.compile("([a-z][a-z0-9_-]*):([^:]*):(.+)");

  /**
   * Reads what an operator wrote.
   *
   * @param ids asked only where the text is not an opaque id
   * @return empty if it names nobody
   */
  public static Optional<NamedPerson> read(String text, Supplier<IdentifierIds> ids) {
    String typed = text.strip();
    if (OPAQUE.matcher(typed).matches()) {
      return Optional.of(new NamedPerson(typed, Optional.empty()));
    }
    var named = NAMED.matcher(typed);
    if (named.matches()) {
      return Optional.of(of(ids, named.group(1), named.group(2), named.group(3)));
    }
    if (PHONE.matcher(typed).matches()) {
      return FieldFormat.of(FieldKind.PHONE).check(typed) instanceof Checked.Good good
          ? Optional.of(of(ids, "phone", "", good.value()))
          : Optional.empty();
    }
    boolean isAddress = typed.indexOf('@') > 0 && !typed.contains(" ");
    return isAddress
        ? Optional.of(of(ids, "email", "", typed.toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  private static NamedPerson of(
      Supplier<IdentifierIds> ids, String kind, String system, String value) {
    Identifier identifier = ids.get().identifier(kind, system, value);
    return new NamedPerson(identifier.getId(), Optional.of(identifier));
  }
}
