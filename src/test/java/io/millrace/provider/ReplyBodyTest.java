package io.millrace.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.verify.Headers;
import io.millrace.verify.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Answers that repeat a value of the request. */
class ReplyBodyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ReplyBody BODY =
      new ReplyBody("{\"action\": \"{json:a.action}\", \"status\": \"success\"}");

  @Test
  void repeatsTheValue() {
    assertThat(BODY.answering(request("{\"a\":{\"action\":\"members\"}}")))
        .isEqualTo("{\"action\": \"members\", \"status\": \"success\"}");
    assertThat(BODY.answering(request("{\"a\":{\"action\":12345678901234567890}}")))
        .contains("\"12345678901234567890\"");
  }

  @Test
  void leavesAValueEmptyThatNoProviderWouldSend() {
    for (String body :
        List.of(
            "",
            "no json",
            "[]",
            "{}",
            "{\"a\":{\"action\":null}}",
            "{\"a\":{\"action\":{\"b\":1}}}",
            "{\"a\":{\"action\":\"line\\nbreak\"}}",
            "{\"a\":{\"action\":\"caf\u00e9\"}}",
            "{\"a\":{\"action\":\"" + "x".repeat(257) + "\"}}")) {
      assertThat(BODY.answering(request(body)))
          .as(body)
          .isEqualTo("{\"action\": \"\", \"status\": \"success\"}");
    }
  }

  @Test
  void noValueEndsTheTextItIsIn() throws Exception {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    var letters = "\"\\{}$&</>':,x1 json:a.action";
    for (var round = 0; round < 5_000; round++) {
      var value = new StringBuilder();
      random
          .ints(1 + random.nextInt(20), 0, letters.length())
          .forEach(letter -> value.append(letters.charAt(letter)));
      var sent = JSON.createObjectNode();
      sent.putObject("a").put("action", value.toString());

      var answer = JSON.readTree(BODY.answering(request(sent.toString())));

      assertThat(answer.size()).as("seed %d: %s", seed, value).isEqualTo(2);
      assertThat(answer.path("status").asText()).isEqualTo("success");
      assertThat(answer.path("action").asText())
          .as("seed %d", seed)
          .isEqualTo(value.toString().isBlank() ? "" : value.toString());
    }
  }

  @Test
  void isATextWithoutPlaceholders() {
    assertThat(new ReplyBody("{\"ok\": true, \"{x:y}\": 1}").answering(request("{}")))
        .isEqualTo("{\"ok\": true, \"{x:y}\": 1}");
    assertThat(new ReplyBody("").answering(request("{}"))).isEmpty();
  }

  @Test
  void refusesAPlaceholderThatWouldNotBeEscaped() {
    for (var wrong :
        List.of(
            "{\"action\": {json:action}}",
            "{json:action}",
            "<a>{json:action}</a>",
            "\"{json:}\"",
            "\"{json:a b}\"",
            "\"{json:a..b}\"",
            "\"{json:a}\" x")) {
      assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> new ReplyBody(wrong));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Reply(200, "text/xml", Optional.of(BODY)))
        .withMessageContaining("application/json");
  }

  @Test
  void anAnswerWithoutContentHasAnEmptyBody() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Reply(204, "application/json", Optional.empty()))
        .withMessageContaining("no content");
    assertThat(
            new Reply(204, "application/json", Optional.of(new ReplyBody("")))
                .body(request("{}"), "d-1"))
        .isEmpty();
    assertThat(Reply.USUAL.body(request("{}"), "d-1")).isEqualTo("{\"delivery_id\": \"d-1\"}");
  }

  private static SignedRequest request(String body) {
    return new SignedRequest(
        "POST",
        "https://hooks.example.com/in/some",
        Headers.of(Map.of()),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
