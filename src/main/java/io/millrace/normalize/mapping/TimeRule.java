package io.millrace.normalize.mapping;

import io.millrace.normalize.field.TimeFormat;
import io.millrace.yaml.Section;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where the sender's time of an event is, and its format. */
public record TimeRule(Expression path, TimeFormat format) {
  private static final Map<String, TimeFormat> UNITS =
      Arrays.stream(TimeFormat.values())
          .collect(Collectors.toMap(TimeFormat::unit, Function.identity()));

  /**
   * The time found by the first matching rule; empty when no rule matches.
   *
   * @throws RefusedException INVALID_FIELD when the value is not a time
   */
  public static Optional<Instant> time(List<TimeRule> rules, Scope scope) throws RefusedException {
    for (TimeRule rule : rules) {
      Optional<String> text = rule.path.text(scope);
      if (text.isPresent()) {
        return Optional.of(rule.time(text.get(), scope));
      }
    }
    return Optional.empty();
  }

  private Instant time(String text, Scope scope) throws RefusedException {
    return format
        .parse(text)
        .orElseThrow(() -> RefusedException.invalid(path.inWords(scope), text, format.inWords()));
  }

  static TimeRule read(Section section) {
    Expression path = Expression.required(section, "path");
    Optional<TimeFormat> format = section.require("unit", "iso").choice("unit", UNITS);
    return new TimeRule(path, format.orElse(TimeFormat.ISO));
  }
}
