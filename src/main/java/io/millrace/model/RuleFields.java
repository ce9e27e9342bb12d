package io.millrace.model;

import io.millrace.yaml.Section;
import io.millrace.yaml.Suggestions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads fields that occur only in rule files: names, activities, event types, points. After a fault
 * it returns a harmless value, so that reading continues.
 */
public final class RuleFields {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /** Longer than any useful wait or memory. */
  public static final Duration LONGEST = Duration.ofDays(3_660);

  private static final BigDecimal MOST_POINTS = BigDecimal.valueOf(1_000_000);

  private RuleFields() {}

  public static String text(Section section, String key, String example) {
    return section.requiredText(key, example).orElse("");
  }

  /** A name that a file declares. */
  public static String name(Section section, String key) {
    String name = text(section, key, "pricing-visit");
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      section.fault(
          key,
          key + ": " + name + " is not a name",
          "write lower-case words with hyphens, as in pricing-visit");
    }
    return name;
  }

  /** One of several declared names. */
  public static String declared(Section section, String key, Set<String> declared) {
    String name = text(section, key, "pricing-visit");
    refuseUndeclared(section, key, name, declared);
    return name;
  }

  public static void refuseUndeclared(
      Section section, String key, String name, Set<String> declared) {
    if (!name.isEmpty() && !declared.contains(name)) {
      section.fault(
          key, key + ": " + name + " is not declared", Suggestions.remedy(name, declared));
    }
  }

  /** At least one event type or prefix. */
  public static List<String> eventTypes(Section section, String key) {
    List<String> types = section.requiredTexts(key, "[page.viewed]");
    types.stream()
        .filter(type -> !EventTypes.isDeclarable(type))
        .forEach(
            type ->
                section.fault(
                    key,
                    key + ": " + type + " is not an event type",
                    "write it as in page.viewed or page.*"));
    return types;
  }

  /** A duration of at most ten years. */
  public static Optional<Duration> duration(Section section, String key) {
    return section.duration(key, Duration.ZERO, LONGEST);
  }

  public static Duration requiredDuration(Section section, String key) {
    return duration(section.require(key, "PT24H"), key).orElse(Duration.ZERO);
  }

  /** A number of points other than 0. */
  public static double points(Section section, String key) {
    Optional<BigDecimal> points = section.decimal(key);
    if (points
        .filter(number -> number.signum() == 0 || number.abs().compareTo(MOST_POINTS) > 0)
        .isPresent()) {
      section.fault(
          key,
          key + ": " + points.get() + " cannot be used",
          "write a number other than 0 between -1000000 and 1000000");
    }
    return points.map(BigDecimal::doubleValue).orElse(1.0);
  }

  /** Reports sections that declare the same name twice. */
  public static void refuseRepeated(List<Section> sections, String key) {
    Set<String> seen = new HashSet<>();
    for (Section section : sections) {
      section
          .text(key)
          .filter(name -> !seen.add(name))
          .ifPresent(
              name ->
                  section.fault(
                      key, key + ": " + name + " is declared twice", "rename or remove one"));
    }
  }

  /** The distinct texts of a list, at least one; a number is taken as it is written. */
  public static Set<String> differentTexts(Section section, String key) {
    return different(section, key, section.requiredTexts(key, "[status]"));
  }

  /** Different values of a field, at least one. */
  public static Set<String> differentValues(Section section, String key) {
    List<String> values = section.values(key);
    if (values.isEmpty()) {
      section.fault(key, key + " names nothing", "name a value, as in " + key + ": [open, won]");
    }
    return different(section, key, values);
  }

  private static Set<String> different(Section section, String key, List<String> texts) {
    Set<String> different = new TreeSet<>(texts);
    if (different.size() < texts.size()) {
      section.fault(key, key + " names the same twice", "keep one of them");
    }
    return different;
  }
}
