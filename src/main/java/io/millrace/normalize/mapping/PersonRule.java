package io.millrace.normalize.mapping;

import io.millrace.event.PersonIdentity;
import io.millrace.yaml.Section;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where an event names its person.
 *
 * @param on record types whose events name a person; every type when empty
 * @param key a key the sender has chosen itself, before all others
 * @param email e-mail addresses; the first valid one counts
 * @param phone a telephone number
 * @param ids ids by name, best first: {@code user} becomes the external id {@code user_id} and,
 *     where there is no e-mail address, the key {@code user:123}
 */
public record PersonRule(
    List<String> on,
    Optional<Expression> key,
    Optional<Expression> email,
    Optional<Expression> phone,
    Map<String, Expression> ids) {
  static final PersonRule NONE =
      new PersonRule(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_LOCAL = 64;
  private static final String BLANKS_AND_MARKS = " \t\n\u000B\f\r<>,;\"";

  public PersonRule {
    on = List.copyOf(on);
    ids = Collections.unmodifiableMap(new LinkedHashMap<>(ids));
  }

  /** The person, if the event identifies one. */
  public Optional<PersonIdentity> person(String recordType, Scope scope) {
    if (!on.isEmpty() && !on.contains(recordType)) {
      return Optional.empty();
    }
    Optional<String> address = firstAddress(scope);
    Map<String, String> external = new LinkedHashMap<>();
    ids.forEach(
        (name, path) -> path.text(scope).ifPresent(text -> external.put(name + "_id", text)));
    return key.flatMap(chosen -> chosen.text(scope))
        .map(chosen -> address(chosen).orElse(chosen))
        .or(() -> address)
        .or(() -> firstId(scope))
        .map(
            personKey ->
                PersonIdentity.newBuilder()
                    .setKey(ComposedText.of(personKey))
                    .setEmail(address.orElse(null))
                    .setPhone(phone.flatMap(number -> number.text(scope)).orElse(null))
                    .setExternalIds(external)
                    .build());
  }

  private Optional<String> firstId(Scope scope) {
    for (Map.Entry<String, Expression> id : ids.entrySet()) {
      Optional<String> text = id.getValue().text(scope);
      if (text.isPresent()) {
        return Optional.of(id.getKey() + ":" + text.get());
      }
    }
    return Optional.empty();
  }

  private Optional<String> firstAddress(Scope scope) {
    for (String text : emails(scope)) {
      Optional<String> address = address(text);
      if (address.isPresent()) {
        return address;
      }
    }
    return Optional.empty();
  }

  /** Every e-mail address the event gives, valid or not. */
  public List<String> emails(Scope scope) {
    return email.map(path -> path.texts(scope)).orElse(List.of());
  }

  /** The locations of the person, for messages. */
  public String inWords(Scope scope) {
    StringBuilder words = new StringBuilder();
    email.ifPresent(path -> words.append(path.inWords(scope)));
    ids.values()
        .forEach(path -> words.append(words.isEmpty() ? "" : " or ").append(path.inWords(scope)));
    return words.toString();
  }

  private static Optional<String> address(String text) {
    String address = ComposedText.of(text.strip().toLowerCase(Locale.ROOT));
    return address.length() <= LONGEST_EMAIL && isAddress(address)
        ? Optional.of(address)
        : Optional.empty();
  }

  /**
   * One @ between a local part and a domain with a dot, no blanks, at most 254 characters (RFC 5321
   * section 4.5.3.1.3 less the brackets). Deliberately coarse: it keeps {@code unknown} and {@code
   * n/a} from becoming one very busy person, and leaves the rest to the sender of e-mails.
   */
  private static boolean isAddress(String text) {
    int at = text.indexOf('@');
    if (at < 1 || text.codePointCount(0, at) > LONGEST_LOCAL || text.indexOf('@', at + 1) >= 0) {
      return false;
    }
    boolean hasDot = false;
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (BLANKS_AND_MARKS.indexOf(each) >= 0) {
        return false;
      }
      if (each == '.' && i > at) {
        boolean isBetweenNames = text.charAt(i - 1) != '@' && text.charAt(i - 1) != '.';
        if (!isBetweenNames || i == text.length() - 1) {
          return false;
        }
        hasDot = true;
      }
    }
    return hasDot;
  }

  static PersonRule read(Section section) {
    return new PersonRule(
        section.texts("on"),
        section.parsed("key", Expression::parse),
        section.parsed("email", Expression::parse),
        section.parsed("phone", Expression::parse),
        section.parsedByName("ids", Expression::parse));
  }
}
