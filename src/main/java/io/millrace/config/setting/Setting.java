package io.millrace.config.setting;

import java.lang.reflect.RecordComponent;
import java.util.Optional;

/**
 * One setting, as the annotations of its component declare it.
 *
 * @param key its name, dotted lower case
 * @param fallback its default, written as a user would; empty when there is none
 * @param isRequired whether its record requires it
 * @param kind its type and allowed values
 * @param isSecret whether a value that is not allowed must not be shown
 * @param meaning one sentence for the manual
 */
public record Setting(
    String key,
    String fallback,
    boolean isRequired,
    boolean isSecret,
    ValueKind kind,
    String meaning) {

  static Setting of(RecordComponent component) {
    Optional<String> fallback =
        Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value);
    return new Setting(
        component.getAnnotation(Key.class).value(),
        fallback.orElse(""),
        fallback.isEmpty() && component.getType() != Optional.class,
        component.isAnnotationPresent(Secret.class),
        ValueKind.of(component),
        component.getAnnotation(Says.class).value());
  }
}
