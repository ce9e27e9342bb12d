package io.millrace.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
  private static final List<String> TEXTS =
      List.of("", " ", "x", "\u00e9", "\ud83d\ude00", "\\\"}]");

  @Test
  void readsBesideNumbersThatNothingHolds() {
    var body =
        "{\"id\": 12345678901234567890123, \"n\": 1e400, \"m\": 1e999999999735}".getBytes(UTF_8);

    assertThat(JsonBody.value(body, "id")).contains("12345678901234567890123");
    assertThat(JsonBody.object(body)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": {\"b\": \"1\"}, \"a\": {\"b\": \"2\"}}",
        "{\"a\": {\"b\": \"1\", \"b\": \"1\"}}",
        "{\"a\": {\"b\": \"1\", \"\\u0062\": \"2\"}}",
        "{\"a\": {\"b\": \"1\"}, \"a\": null}",
        "{\"a\": {\"b\": \"1\"}} {}",
        "{\"a\": {\"b\": \"1\"}",
        "{\"a\": {\"b\": {\"c\": \"1\"}}}",
        "{\"a\": {\"b\": true}}",
        "{\"a\": {\"b\": 1.5}}",
      })
  void refusesWhatCouldBeReadInTwoWays(String body) {
    assertThatThrownBy(() -> JsonBody.value(body.getBytes(UTF_8), "a.b"))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void refusesWhatIsNotUtf8() {
    var body = "{\"a\": \"\u00ff\"}".getBytes(ISO_8859_1);

    assertThatThrownBy(() -> JsonBody.value(body, "a")).isInstanceOf(Refusal.class);
  }

  @Test
  void readsNoMoreTokensThanAnEventHas() {
    var body = ("[" + "{},".repeat(JsonBody.MAX_TOKENS) + "{}]").getBytes(UTF_8);

    assertThatThrownBy(() -> JsonBody.value(body, "challenge")).isInstanceOf(Refusal.class);
  }

  /** The values of random bodies are those that a tree of them has. */
  @Test
  void findsWhatATreeHas() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    JsonMapper tree = JsonMapper.builder().build();
    for (int number = 0; number < 5_000; number++) {
      String body = json(random, 0);

      assertThat(read(body)).as("seed %d: %s", seed, body).isEqualTo(expected(tree.readTree(body)));
    }
  }

  @Test
  void cutsTheFirstElementAsItsBytesAre() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int number = 0; number < 5_000; number++) {
      String element = "{\"k\":" + json(random, 1) + "}";
      String body = " [\n" + element + (random.nextBoolean() ? "," + json(random, 1) : "") + "]";

      assertThat(new String(JsonBody.firstElement(body.getBytes(UTF_8)), UTF_8))
          .as("seed %d: %s", seed, body)
          .isEqualTo(element);
    }
  }

  private static Optional<String> read(String body) {
    try {
      return JsonBody.value(body.getBytes(UTF_8), "a.b");
    } catch (Refusal refused) {
      return Optional.of("refused");
    }
  }

  private static Optional<String> expected(JsonNode tree) {
    JsonNode value = tree.path("a").path("b");
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    return value.isTextual() || value.isIntegralNumber()
        ? Optional.of(value.asText()).filter(text -> !text.isBlank())
        : Optional.of("refused");
  }

  private static String json(Random random, int depth) {
    return switch (random.nextInt(depth < 4 ? 8 : 5)) {
      case 0 -> Integer.toString(random.nextInt());
      case 1 -> '"' + TEXTS.get(random.nextInt(TEXTS.size())) + '"';
      case 2 -> "null";
      case 3 -> Boolean.toString(random.nextBoolean());
      case 4 -> "1.5e3";
      case 5 -> array(random, depth);
      default -> object(random, depth);
    };
  }

  private static String array(Random random, int depth) {
    List<String> parts = new ArrayList<>();
    for (int count = random.nextInt(4); count > 0; count--) {
      parts.add(json(random, depth + 1));
    }
    return "[" + String.join(", ", parts) + "]";
  }

  private static String object(Random random, int depth) {
    List<String> parts = new ArrayList<>();
    for (String name : List.of("\u4e2d", "a", "b", "\ud83d\ude00")) {
      if (random.nextInt(4) > 0) {
        parts.add('"' + name + "\": " + json(random, depth + 1));
      }
    }
    return "{" + String.join(",", parts) + "}";
  }
}
