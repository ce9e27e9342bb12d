package io.millrace.config.setting;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The allowed values of a setting, from its component's type and annotations.
 *
 * @param allowed completes the sentence "must be ..."
 * @param reader parses a text, or returns nothing when the text is not allowed
 */
public record ValueKind(String allowed, Function<String, Optional<Object>> reader) {
  private static final Pattern BYTES = Pattern.compile("([0-9]{1,9}) ?(B|kB|MB|GB)?");
  private static final String COMMAS = " *, *";

  static ValueKind of(RecordComponent component) {
    return of(component.getGenericType(), component);
  }

  private static ValueKind of(Type type, AnnotatedElement notes) {
    if (!(type instanceof ParameterizedType generic)) {
      return single((Class<?>) type, notes);
    }
    if (generic.getRawType() == Set.class) {
      return someOf(words(notes));
    }
    ValueKind element = of(generic.getActualTypeArguments()[0], notes);
    return generic.getRawType() == List.class ? element.list() : element.optional();
  }

  private static ValueKind single(Class<?> type, AnnotatedElement notes) {
    if (notes.isAnnotationPresent(Size.class)) {
      return size(type, notes.getAnnotation(Size.class));
    }
    if (notes.isAnnotationPresent(OneOf.class)) {
      List<String> words = words(notes);
      return reading("one of " + String.join(", ", words), Function.identity(), words::contains);
    }
    if (notes.isAnnotationPresent(MustBe.class)) {
      return matching(type, notes.getAnnotation(MustBe.class));
    }
    if (notes.isAnnotationPresent(Range.class)) {
      Range range = notes.getAnnotation(Range.class);
      return type == Duration.class
          ? between("a duration", Duration::parse, range)
          : between("a number", Integer::valueOf, range);
    }
    return type.isEnum() ? constant(type) : plain(type);
  }

  /** Types that need no annotation. */
  private static ValueKind plain(Class<?> type) {
    if (type == String.class) {
      return reading("any text", Function.identity(), text -> true);
    }
    if (type == Path.class) {
      return reading("a path", Path::of, path -> !path.toString().isEmpty());
    }
    if (type == URI.class) {
      return reading(
          "an http or https URL",
          URI::create,
          url -> String.valueOf(url.getScheme()).matches("https?") && url.getHost() != null);
    }
    if (type == boolean.class) {
      return reading(
          "true or false", Function.identity(), List.of("true", "false")::contains, "true"::equals);
    }
    throw new IllegalArgumentException("a setting cannot be of type " + type.getName());
  }

  private static ValueKind size(Class<?> type, Size size) {
    long least = bytes(size.from());
    long most = bytes(size.to());
    return reading(
        "a size from %s to %s, such as %s"
            .formatted(size.from(), size.to(), type == int.class ? "512 kB" : "2 GB"),
        ValueKind::bytes,
        bytes -> bytes >= least && bytes <= most,
        bytes -> sized(type, bytes));
  }

  private static Object sized(Class<?> type, long bytes) {
    if (type == int.class) {
      return Math.toIntExact(bytes);
    }
    return type == long.class ? (Object) bytes : call(type, "of", long.class, bytes);
  }

  private static long bytes(String text) {
    Matcher size = BYTES.matcher(text);
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

  private static <T extends Comparable<T>> ValueKind between(
      String noun, Function<String, T> reader, Range range) {
    T least = reader.apply(range.from());
    T most = reader.apply(range.to());
    return reading(
        noun + " from " + least + " to " + most,
        reader,
        value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
  }

  private static ValueKind matching(Class<?> type, MustBe form) {
    return reading(
        form.value(),
        Function.identity(),
        Pattern.compile(form.matching()).asMatchPredicate(),
        text -> type == String.class ? text : call(type, "parse", String.class, text));
  }

  private static ValueKind constant(Class<?> type) {
    Map<String, Object> constants = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      constants.put(
          ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    return new ValueKind(
        "one of " + String.join(", ", constants.keySet()),
        text -> Optional.ofNullable(constants.get(text)));
  }

  private static ValueKind someOf(List<String> words) {
    return reading(
        "one or more of " + String.join(", ", words) + ", separated by commas",
        text -> new LinkedHashSet<>(List.of(text.split(COMMAS, -1))),
        words::containsAll);
  }

  private static List<String> words(AnnotatedElement notes) {
    return List.of(notes.getAnnotation(OneOf.class).value().split(COMMAS));
  }

  /** Several values, separated by commas, or none. */
  private ValueKind list() {
    return reading(
        allowed + ", several separated by commas",
        text -> text.isEmpty() ? List.<String>of() : List.of(text.split(COMMAS, -1)),
        texts -> texts.stream().allMatch(it -> reader.apply(it).isPresent()),
        texts -> texts.stream().map(it -> reader.apply(it).orElseThrow()).toList());
  }

  /** An optional value; an empty text means that it is not set. */
  private ValueKind optional() {
    return new ValueKind(
        allowed,
        text ->
            text.isEmpty()
                ? Optional.of(Optional.empty())
                : reader.apply(text).map(value -> Optional.of(value)));
  }

  /** Calls a static method of a type with a text or a number. */
  private static Object call(Class<?> type, String method, Class<?> parameter, Object argument) {
    try {
      Object made = type.getMethod(method, parameter).invoke(type, argument);
      return made instanceof Optional<?> found
          ? found.orElseThrow(IllegalArgumentException::new)
          : made;
    } catch (InvocationTargetException refused) {
      throw new IllegalArgumentException(refused);
    } catch (ReflectiveOperationException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static <T> ValueKind reading(
      String allowed, Function<String, T> reader, Predicate<? super T> isAllowed) {
    return reading(allowed, reader, isAllowed, value -> value);
  }

  private static <T> ValueKind reading(
      String allowed,
      Function<String, T> reader,
      Predicate<? super T> isAllowed,
      Function<? super T, ?> result) {
    return new ValueKind(
        allowed,
        text -> {
          try {
            return Optional.of(reader.apply(text)).filter(isAllowed).map(result);
          } catch (IllegalArgumentException | DateTimeException | ArithmeticException notAllowed) {
            return Optional.empty();
          }
        });
  }
}
