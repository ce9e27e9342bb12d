package io.millrace.capture;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Redacts single values, by the kind that their field's name implies and by their format. */
final class ValueRedaction {
  private static final Pattern EMAIL =
      Pattern.compile(
          "[\\p{L}\\d._+'-]{1,64}+(?:@|%40)(?:[\\p{L}\\d-]{1,63}+\\.){1,8}\\p{L}{2,24}");

  /** With the plus of an international number; others are recognised by their fields' names. */
  private static final Pattern PHONE =
      Pattern.compile("(?<![\\w+])(?:\\+|%2B)\\d(?:[ ().-]{0,2}+\\d){7,14}(?!\\d)");

  /** Not after a slash, as versions in a user agent are. */
  private static final Pattern IPV4 =
      Pattern.compile(
          "(?<![\\w.-])(?<!\\w/)(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}"
              + "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?![\\w.])");

  private static final Pattern IPV6 =
      Pattern.compile(
          "(?<![\\w:.])(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}"
              + "|(?:[0-9A-Fa-f]{1,4}:){1,6}(?::[0-9A-Fa-f]{1,4}){1,6}"
              + "|(?:[0-9A-Fa-f]{1,4}:){2,7}:)(?![\\w:.])");

  private static final Pattern DATE = Pattern.compile("(\\d{4}-)\\d{2}-\\d{2}(.*)");

  private final Pseudonyms pseudonyms;
  private final KnownFields known;

  /**
   * @param known fields that are personal whatever their names are
   */
  ValueRedaction(Pseudonyms pseudonyms, KnownFields known) {
    this.pseudonyms = pseudonyms;
    this.known = known;
  }

  KnownFields known() {
    return known;
  }

  /**
   * Redacts a value.
   *
   * @param kind the kind that its field's name implies
   */
  String redact(String value, Optional<Personal> kind) {
    if (kind.isEmpty()) {
      return patterns(value);
    }
    return switch (kind.get()) {
      case EMAIL, IP_ADDRESS -> recognised(value);
      case PHONE -> EMAIL.matcher(value).find() ? patterns(value) : pseudonyms.phone(value);
      case NAME, ADDRESS -> words(value);
      // A single word is often a code or an id that other data refers to.
      case TEXT -> value.strip().matches("\\S*") ? patterns(value) : words(value);
      case NUMBER -> pseudonyms.shaped(value);
      case POSITION -> value.replaceAll("(?<=\\.)\\d+", "0");
      case BIRTHDAY -> birthday(value);
    };
  }

  /** The whole value is personal, whatever its format. */
  private String recognised(String value) {
    String redacted = patterns(value);
    return redacted.equals(value) ? pseudonyms.shaped(value) : redacted;
  }

  /** The year is kept: such fields are used for it, and it does not identify a person. */
  private String birthday(String value) {
    Matcher date = DATE.matcher(value);
    return date.matches() ? date.group(1) + "01-01" + date.group(2) : pseudonyms.shaped(value);
  }

  /**
   * Words between addresses, so an address within a text gets the same replacement as elsewhere.
   */
  private String words(String value) {
    StringBuilder redacted = new StringBuilder();
    Matcher email = EMAIL.matcher(value);
    int start = 0;
    while (email.find()) {
      redacted.append(pseudonyms.words(value.substring(start, email.start())));
      redacted.append(pseudonyms.email(email.group()));
      start = email.end();
    }
    return redacted.append(pseudonyms.words(value.substring(start))).toString();
  }

  /** Replaces e-mail addresses, international phone numbers and IP addresses anywhere. */
  private String patterns(String value) {
    String redacted = replace(EMAIL, value, this::email);
    redacted = replace(PHONE, redacted, pseudonyms::phone);
    redacted = replace(IPV4, redacted, pseudonyms::ip);
    return replace(IPV6, redacted, pseudonyms::ip);
  }

  /** An encoded address in a URL means the same person. */
  private String email(String found) {
    return found.contains("@")
        ? pseudonyms.email(found)
        : URLEncoder.encode(
            pseudonyms.email(URLDecoder.decode(found, StandardCharsets.UTF_8)),
            StandardCharsets.UTF_8);
  }

  private static String replace(Pattern pattern, String text, UnaryOperator<String> replacement) {
    return pattern
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(replacement.apply(found.group())));
  }
}
