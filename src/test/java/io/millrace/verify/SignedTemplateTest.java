package io.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignedTemplateTest {
  private static final SignedRequest REQUEST =
      new SignedRequest(
          "POST",
          "https://a.example/in/x?q=1",
          Headers.of(
              Map.of(
                  "X-Id",
                  List.of("id-1"),
                  "Content-Type",
                  List.of("application/x-www-form-urlencoded; charset=utf-8"))),
          "b=2&a=1&b=1&b=2&c=%C3%AB+d".getBytes(StandardCharsets.UTF_8));

  @Test
  void putsEveryTokenInItsPlace() {
    assertThat(render("v0:{timestamp}:{method}|{url}|{header:x-id}|{query:q}|{secret}|{body}"))
        .isEqualTo("v0:17:POST|https://a.example/in/x?q=1|id-1|1|key|b=2&a=1&b=1&b=2&c=%C3%AB+d");
  }

  @Test
  void sortsFormFieldsAndDropsRepeatedOnes() {
    assertThat(render("{form:sorted}")).isEqualTo("a1b1b2cë d");
  }

  @Test
  void hashesTheBodyAsText() {
    // printf 'b=2&a=1&b=1&b=2&c=%%C3%%AB+d' | openssl dgst -sha256
    assertThat(render("{body:sha256hex}"))
        .isEqualTo("4b745e7712c2ecb6a4a6c2ef42260851cb2ab3974444375c7fbca74b0ab8521a");
    assertThat(render("{body:sha256base64}"))
        .isEqualTo("S3RedxLC7LakpsLvQiYIUcsqs5dERDdcf7ynSwq4Uho=");
  }

  @Test
  void refusesATemplateItDoesNotFullyUnderstand() {
    var texts =
        List.of(
            "{bodyy}", "{}", "{header:}", "{cookie:x}", "{body", "body}", "", "text", "{url}{url}");

    for (var text : texts) {
      assertThatThrownBy(() -> SignedTemplate.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void takesTheFirstElementByteForByte() {
    assertThat(first(" [ {\"a\" : \"ë]}\", \"b\":[{}]} , {\"c\":1}]"))
        .isEqualTo("{\"a\" : \"ë]}\", \"b\":[{}]}");
  }

  @Test
  void refusesABatchThatIsNone() {
    for (var body :
        List.of("", "{}", "[]", "[1]", "[{\"a\":", "null", "[[{}]]", "\u0000[\u0000{")) {
      assertThatThrownBy(() -> first(body)).as(body).isInstanceOf(Refusal.class);
    }
  }

  private static String first(String body) {
    return new String(
        JsonBody.firstElement(body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  private static String render(String template) {
    var contents =
        SignedTemplate.parse(template)
            .render(REQUEST, Optional.of("17"), "key".getBytes(StandardCharsets.UTF_8));
    return new String(contents.getFirst(), StandardCharsets.UTF_8);
  }
}
