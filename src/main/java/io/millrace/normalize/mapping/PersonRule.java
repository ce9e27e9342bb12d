package io.millrace.normalize.mapping;

import io.millrace.yaml.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where an event names its person.
 *
 * @param on record types whose events name a person; every type when empty
 * @param key a name the sender has chosen itself: an e-mail address, or an id of the kind {@code
 *     person}
 * @param email e-mail addresses; the first valid one counts
 * @param phone a telephone number
 * @param ids ids by name: {@code user} becomes the external id {@code user_id}
 */
public record PersonRule(
    List<String> on,
    Optional<Expression> key,
    Optional<Expression> email,
    Optional<Expression> phone,
    List<IdRule> ids) {
  static final PersonRule NONE =
      new PersonRule(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_LOCAL = 64;
  private static final String BLANKS_AND_MARKS = " \t\n\u000B\f\r<>,;\"";
  private static final String CHOSEN = "person";

  public PersonRule {
    on = List.copyOf(on);
    ids = List.copyOf(ids);
  }

  /**
   * The person as far as the event names one.
   *
   * @param rules the more important ones first
   */
  public static NamedPerson person(List<PersonRule> rules, String recordType, Scope scope) {
    List<PersonRule> asked =
        rules.stream().filter(rule -> rule.on.isEmpty() || rule.on.contains(recordType)).toList();
    List<String> emails = new ArrayList<>();
    List<NamedId> ids = new ArrayList<>();
    asked.stream().flatMap(rule -> rule.firstAddress(scope).stream()).limit(1).forEach(emails::add);
    for (PersonRule rule : asked) {
      rule.key
          .flatMap(path -> path.text(scope))
          .ifPresent(
              chosen ->
                  address(chosen)
                      .ifPresentOrElse(
                          emails::add,
                          () ->
                              ids.add(
                                  new NamedId(CHOSEN, Optional.empty(), ComposedText.of(chosen)))));
      rule.ids.forEach(id -> id.id(scope).ifPresent(ids::add));
    }
    return new NamedPerson(
        emails.stream().distinct().toList(),
        asked.stream().flatMap(rule -> rule.phone(scope)).findFirst(),
        ids.stream().distinct().toList());
  }

  private Stream<String> phone(Scope scope) {
    return phone.flatMap(number -> number.text(scope)).stream();
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
    ids.forEach(id -> words.append(words.isEmpty() ? "" : " or ").append(id.path().inWords(scope)));
    return words.toString();
  }

  /** A text as an e-mail address in lower case; empty if it is none. */
  public static Optional<String> address(String text) {
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
        IdRule.read(section));
  }
}
