package io.millrace.config.setting;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Builds records from what was set. Reports all faults instead of stopping at the first: values
 * that are not allowed, and combinations of allowed values that a record's constructor refuses.
 */
public final class SettingsReader {
  private static final Pattern CREDENTIALS =
      Pattern.compile("@|passw|secret|token|credential", Pattern.CASE_INSENSITIVE);

  private final Map<String, GivenText> given;
  private final Function<Setting, String> fallback;
  private final Consumer<String> faults;

  /**
   * @param given what was set, by key
   * @param fallback the text of a setting that was not set
   * @param faults receives a line for each fault
   */
  public SettingsReader(
      Map<String, GivenText> given, Function<Setting, String> fallback, Consumer<String> faults) {
    this.given = Map.copyOf(given);
    this.fallback = fallback;
    this.faults = faults;
  }

  /** A record with what was set, and the defaults for the rest and for invalid values. */
  public <T extends Record> T read(Class<T> record) {
    RecordComponent[] components = record.getRecordComponents();
    Object[] values = Arrays.stream(components).map(this::value).toArray();
    try {
      Constructor<T> constructor =
          record.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      if (given.isEmpty() || !(refused.getCause() instanceof IllegalArgumentException conflict)) {
        throw new IllegalStateException(record + " cannot be built from its defaults", refused);
      }
      faults.accept(String.valueOf(conflict.getMessage()));
      return new SettingsReader(Map.of(), fallback, faults).read(record);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Object value(RecordComponent component) {
    if (component.isAnnotationPresent(Key.class)) {
      return value(Setting.of(component));
    }
    if (component.isAnnotationPresent(Below.class)) {
      return below(component.getAnnotation(Below.class).value());
    }
    return component.getType() == Optional.class
        ? optional(Settings.group(component))
        : read(Settings.group(component));
  }

  private Object value(Setting setting) {
    return given(setting)
        .orElseGet(() -> setting.kind().reader().apply(fallback.apply(setting)).orElseThrow());
  }

  /** The value that was set; a value that is not allowed is reported as a fault. */
  private Optional<Object> given(Setting setting) {
    Optional<GivenText> found = Optional.ofNullable(given.get(setting.key()));
    Optional<Object> value = found.flatMap(text -> setting.kind().reader().apply(text.value()));
    if (found.isPresent() && value.isEmpty()) {
      faults.accept(
          "%s%s (from %s) must be %s"
              .formatted(
                  setting.key(),
                  mayShow(setting, found.get().value()) ? " = " + found.get().value() : "",
                  found.get().origin(),
                  setting.kind().allowed()));
    }
    return value;
  }

  /** Also an address may contain a password. */
  private static boolean mayShow(Setting setting, String value) {
    return !setting.isSecret() && !CREDENTIALS.matcher(value).find();
  }

  private Map<String, String> below(String prefix) {
    Map<String, String> rest = new TreeMap<>();
    given.forEach(
        (key, text) -> {
          if (key.startsWith(prefix)) {
            rest.put(key.substring(prefix.length()), text.value());
          }
        });
    return rest;
  }

  /** A record that exists if all of its required settings are set; the first one enables it. */
  private Optional<Record> optional(Class<? extends Record> record) {
    List<Setting> all =
        Settings.of(record).stream().filter(setting -> setting.fallback().isEmpty()).toList();
    List<String> required = keys(all, Setting::isRequired);
    List<String> missing = keys(all, setting -> setting.isRequired() && !isSet(setting));
    if (missing.isEmpty()) {
      return Optional.of(read(record));
    }
    all.stream().filter(setting -> !text(setting).isEmpty()).forEach(this::given);
    if (missing.size() < required.size()) {
      faults.accept(and(required) + " belong together: set both, or neither");
    }
    Predicate<Setting> isExtra = setting -> !setting.isRequired();
    if (missing.contains(required.getFirst()) && all.stream().anyMatch(isExtra.and(this::isSet))) {
      faults.accept(and(keys(all, isExtra)) + " need " + and(required));
    }
    return Optional.empty();
  }

  private boolean isSet(Setting setting) {
    return !text(setting).isEmpty() && setting.kind().reader().apply(text(setting)).isPresent();
  }

  private String text(Setting setting) {
    return Optional.ofNullable(given.get(setting.key())).map(GivenText::value).orElse("");
  }

  private static List<String> keys(List<Setting> settings, Predicate<Setting> which) {
    return settings.stream().filter(which).map(Setting::key).toList();
  }

  private static String and(List<String> keys) {
    return String.join(" and ", keys);
  }
}
