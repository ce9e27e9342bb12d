package io.millrace.config.setting;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The settings of a record and of the records in it. */
public final class Settings {
  private Settings() {}

  /** Every setting, in the order of the manual. */
  public static List<Setting> of(Class<?> record) {
    return components(record).stream()
        .filter(component -> component.isAnnotationPresent(Key.class))
        .map(Setting::of)
        .toList();
  }

  /** The key of every setting, in the order of the manual; cheaper than to ask each one for it. */
  public static List<String> keys(Class<?> record) {
    return components(record).stream()
        .flatMap(component -> Stream.ofNullable(component.getAnnotation(Key.class)))
        .map(Key::value)
        .toList();
  }

  /** Every prefix of keys that are passed on to a library. */
  public static List<String> prefixes(Class<?> record) {
    return components(record).stream()
        .flatMap(component -> Stream.ofNullable(component.getAnnotation(Below.class)))
        .map(Below::value)
        .toList();
  }

  /** The record with every setting at its default. */
  public static <T extends Record> T defaults(Class<T> record) {
    return read(record, Map.of());
  }

  /**
   * The record with some of its settings set.
   *
   * @param values by key
   * @throws IllegalArgumentException names every key that does not exist and every value that is
   *     not allowed
   */
  public static <T extends Record> T read(Class<T> record, Map<String, String> values) {
    List<String> keys = keys(record);
    List<String> prefixes = prefixes(record);
    List<String> faults = new ArrayList<>();
    Map<String, GivenText> given = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          given.put(key, new GivenText(value, "code"));
          if (!keys.contains(key) && prefixes.stream().noneMatch(key::startsWith)) {
            faults.add(key + " is not a setting");
          }
        });
    T made = new SettingsReader(given, Setting::fallback, faults::add).read(record);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
    return made;
  }

  /** The record that a component without a key of its own holds, or may hold. */
  static Class<? extends Record> group(RecordComponent component) {
    Class<?> type =
        component.getGenericType() instanceof ParameterizedType optional
            ? (Class<?>) optional.getActualTypeArguments()[0]
            : component.getType();
    return type.asSubclass(Record.class);
  }

  /** The components with settings, those of records within in the place of these. */
  private static List<RecordComponent> components(Class<?> record) {
    List<RecordComponent> all = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      if (component.isAnnotationPresent(Key.class) || component.isAnnotationPresent(Below.class)) {
        all.add(component);
      } else {
        all.addAll(place(component, all), components(group(component)));
      }
    }
    return all;
  }

  private static int place(RecordComponent component, List<RecordComponent> before) {
    Optional<Class<?>> wanted =
        Optional.ofNullable(component.getAnnotation(ListedAfter.class)).map(ListedAfter::value);
    List<?> owners = before.stream().map(RecordComponent::getDeclaringRecord).toList();
    return wanted.map(owner -> owners.lastIndexOf(owner) + 1).orElse(before.size());
  }
}
