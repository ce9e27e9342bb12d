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
 * Reads what only files of rules hold: names, activities, event types, points. After a fault the
 * value is a harmless one, so that reading goes on.
 */
public final class RuleFields {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /** Longer than anybody means to wait or remember. */
  public static final Duration LONGEST = Duration.ofDays(3_660);

  private static final BigDecimal MOST_POINTS = BigDecimal.valueOf(1_000_000);

  private RuleFields() {}

  public static String text(Section section, String key, String example) {
    return section.requiredText(key, example).orElse("");
  }

  /** A name that a file gives to something. */
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

  /** At least one type of event, or what stands for several. */
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

  /** A number of points, which are never none. */
  public static double points(Section section, String key) {
    Optional<BigDecimal> points = section.decimal(key);
    if (points
        .filter(number -> number.signum() == 0 || number.abs().compareTo(MOST_POINTS) > 0)
        .isPresent()) {
      section.fault(
          key,
          key + ": " + points.get() + " cannot be used",
          "write a number other than 0, at most a million either way");
    }
    return points.map(BigDecimal::doubleValue).orElse(1.0);
  }

  /** Refuses what is declared a second time, under the name a key gives it. */
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

  /** Different texts, at least one. */
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
