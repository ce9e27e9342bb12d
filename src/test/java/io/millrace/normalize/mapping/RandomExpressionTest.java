package io.millrace.normalize.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.normalize.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Random expressions, written and evaluated by a model that knows nothing of the reader. */
final class RandomExpressionTest {
  private static final List<String> FIELDS = List.of("a", "b", "c", "d", "e");

  /** An expression as it is meant. */
  private sealed interface Meant {
    /** Its value, if there is one. */
    Optional<String> value(Map<String, String> fields);

    String written();
  }

  private record Field(String name) implements Meant {
    @Override
    public Optional<String> value(Map<String, String> fields) {
      return Optional.ofNullable(fields.get(name));
    }

    @Override
    public String written() {
      return name;
    }
  }

  private record Join(List<Meant> parts, List<Boolean> optional) implements Meant {
    @Override
    public Optional<String> value(Map<String, String> fields) {
      List<String> texts = new ArrayList<>();
      var found = false;
      for (var part = 0; part < parts.size(); part++) {
        var value = parts.get(part).value(fields);
        if (value.isEmpty() && !optional.get(part)) {
          return Optional.empty();
        }
        found |= value.isPresent();
        texts.add(value.orElse(""));
      }
      return found
          ? Optional.of(String.join(":", texts).replaceFirst(":+$", ""))
          : Optional.empty();
    }

    @Override
    public String written() {
      List<String> texts = new ArrayList<>();
      for (var part = 0; part < parts.size(); part++) {
        var inner = parts.get(part);
        var text = inner instanceof Field ? inner.written() : "(" + inner.written() + ")";
        texts.add(text + (optional.get(part) ? "?" : ""));
      }
      return String.join("+", texts);
    }
  }

  private record First(List<Meant> alternatives) implements Meant {
    @Override
    public Optional<String> value(Map<String, String> fields) {
      return alternatives.stream().flatMap(each -> each.value(fields).stream()).findFirst();
    }

    @Override
    public String written() {
      // A join binds tighter, so it needs no brackets; alternatives in alternatives do.
      return alternatives.stream()
          .map(each -> each instanceof First ? "(" + each.written() + ")" : each.written())
          .collect(Collectors.joining(" | "));
    }
  }

  @Test
  void findsWhatTheModelFinds() throws RefusedException {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    for (var round = 0; round < 20_000; round++) {
      var meant = expression(random, 3);
      Map<String, String> fields = new LinkedHashMap<>();
      FIELDS.forEach(
          name -> {
            if (random.nextBoolean()) {
              fields.put(name, name.toUpperCase(Locale.ROOT));
            }
          });
      var json =
          fields.entrySet().stream()
              .map(field -> "\"%s\":\"%s\"".formatted(field.getKey(), field.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      var element = JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
      var scope = Scope.of(element, element, 0, Map.of());

      assertThat(Expression.parse(meant.written()).text(scope))
          .as("seed %d, round %d: %s in %s", seed, round, meant.written(), json)
          .isEqualTo(meant.value(fields));
    }
  }

  private static Meant expression(Random random, int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(3)) {
      case 0 -> new Field(FIELDS.get(random.nextInt(FIELDS.size())));
      case 1 -> {
        List<Meant> parts = several(random, depth);
        yield new Join(parts, parts.stream().map(part -> random.nextInt(4) == 0).toList());
      }
      default -> new First(several(random, depth));
    };
  }

  /** At least two: a single part or alternative would be the thing itself. */
  private static List<Meant> several(Random random, int depth) {
    List<Meant> parts = new ArrayList<>();
    for (var part = 0; part < 2 + random.nextInt(2); part++) {
      parts.add(expression(random, depth - 1));
    }
    return parts;
  }
}
