package io.millrace;

import io.millrace.source.AddressRange;
import io.millrace.source.RateLimit;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a setting may be.
 *
 * @param allowed completes the sentence "must be ..."
 * @param reader the value of a text, or nothing when the text is not allowed
 */
record Kind<T>(String allowed, Function<String, Optional<T>> reader) {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9}) ?(B|kB|MB|GB)?");
  private static final String ADDRESS = "[^\\s:,/]+:[0-9]{1,5}";
  private static final Pattern CLASS_NAME = Pattern.compile("[\\w$]+(\\.[\\w$]+)+");

  /** A TCP port; 0 lets the system choose. */
  static Kind<Integer> port() {
    return integer(0, 65_535);
  }

  static Kind<Integer> integer(int least, int most) {
    return reading(
        "a number from " + least + " to " + most,
        Integer::valueOf,
        number -> number >= least && number <= most);
  }

  /** An ISO 8601 duration, as in the files under {@code topology/}. */
  static Kind<Duration> duration(Duration least, Duration most) {
    return reading(
        "a duration from " + least + " to " + most,
        Duration::parse,
        duration -> duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0);
  }

  /** A number of bytes; kB and MB are powers of 1024. */
  static Kind<Integer> size(int least, int most) {
    return reading(
        "a size from " + least + " B to " + most / 1024 / 1024 + " MB, such as 512 kB",
        text -> Math.toIntExact(bytes(text)),
        size -> size >= least && size <= most);
  }

  /** A number of bytes that may be large; kB, MB and GB are powers of 1024. */
  static Kind<Long> largeSize(long least, long most) {
    return reading(
        "a size from %d MB to %d GB, such as 2 GB".formatted(least >> 20, most >> 30),
        Kind::bytes,
        size -> size >= least && size <= most);
  }

  static Kind<URI> httpUrl() {
    return reading(
        "an http or https URL",
        URI::create,
        url -> Set.of("http", "https").contains(url.getScheme()) && url.getHost() != null);
  }

  /** Text that a pattern describes. */
  static Kind<String> matching(String allowed, Pattern pattern) {
    return reading(allowed, Function.identity(), text -> pattern.matcher(text).matches());
  }

  static Kind<String> className() {
    return matching("the full name of a class", CLASS_NAME);
  }

  static Kind<String> host() {
    return matching("a host name or an IP address", Pattern.compile("[\\w.:-]+"));
  }

  static Kind<String> addresses() {
    return matching(
        "host:port, several separated by commas",
        Pattern.compile(ADDRESS + "(, ?" + ADDRESS + ")*"));
  }

  static Kind<Path> path() {
    return reading("a path", Path::of, path -> !path.toString().isEmpty());
  }

  /** A path; empty means it is not set. */
  static Kind<Optional<Path>> optionalPath() {
    return reading(
        "a path",
        text -> Optional.of(text).filter(it -> !it.isEmpty()).map(Path::of),
        path -> true);
  }

  static Kind<Boolean> flag() {
    return new Kind<>(
        "true or false",
        text ->
            List.of("true", "false").contains(text)
                ? Optional.of(text.equals("true"))
                : Optional.empty());
  }

  /** Addresses in CIDR notation; may be empty. */
  static Kind<List<String>> addressRanges() {
    return reading(
        "addresses in CIDR notation such as 10.0.0.0/8, several separated by commas",
        text -> text.isEmpty() ? List.of() : List.of(text.split(" *, *", -1)),
        ranges -> ranges.stream().allMatch(range -> AddressRange.parse(range).isPresent()));
  }

  static Kind<RateLimit> rate() {
    return reading(
        "a rate such as 100/s, 600/m or 100/s burst 500", RateLimit::parse, rate -> true);
  }

  /** Any text; empty means it is not set. */
  static Kind<Optional<String>> optionalText() {
    return new Kind<>(
        "any text", text -> Optional.of(Optional.of(text).filter(it -> !it.isEmpty())));
  }

  /** Where a secret is kept; empty means that there is none. */
  static Kind<Optional<String>> optionalSecretReference() {
    return reading(
        "env:NAME or file:PATH, or nothing",
        text -> Optional.of(text).filter(it -> !it.isEmpty()),
        reference -> reference.map(it -> it.matches("(env|file):.+")).orElse(true));
  }

  static Kind<String> oneOf(List<String> words) {
    return reading("one of " + String.join(", ", words), Function.identity(), words::contains);
  }

  /** One or more of some words, separated by commas. */
  static Kind<Set<String>> someOf(List<String> words) {
    return reading(
        "one or more of " + String.join(", ", words) + ", separated by commas",
        text -> new LinkedHashSet<>(List.of(text.split(" *, *", -1))),
        words::containsAll);
  }

  private static long bytes(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      throw new IllegalArgumentException("not a size");
    }
    long number = Long.parseLong(size.group(1));
    return switch (Optional.ofNullable(size.group(2)).orElse("B")) {
      case "GB" -> number << 30;
      case "MB" -> number << 20;
      case "kB" -> number << 10;
      default -> number;
    };
  }

  private static <T> Kind<T> reading(
      String allowed, Function<String, T> reader, Predicate<T> isAllowed) {
    return new Kind<>(
        allowed,
        text -> {
          try {
            return Optional.of(reader.apply(text)).filter(isAllowed);
          } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return Optional.empty();
          }
        });
  }
}
