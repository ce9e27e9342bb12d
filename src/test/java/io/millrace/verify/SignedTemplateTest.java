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
  void writesTheChecksumOfTheBodyInDecimal() {
    // python3 -c 'import zlib; print(zlib.crc32(b"b=2&a=1&b=1&b=2&c=%C3%AB+d"))'
    assertThat(render("{body:crc32}")).isEqualTo("2563321426");
    assertThat(SignedTemplate.parse("{body:crc32}").coversBody()).isFalse();
  }

  @Test
  void takesThePathOfTheUrl() {
    assertThat(render("{path}")).isEqualTo("/in/x");
  }

  @Test
  void signsTheFieldsThatAreThereWithTheirNames() {
    var body = "{\"B\": \"2\", \"A\": \"x\\ny\", \"C\": null, \"D\": 4}";

    assertThat(render("{lines:A,B,C,D,E}|", Map.of(), body)).isEqualTo("A\nx\ny\nB\n2\nD\n4\n|");
  }

  @Test
  void signsTheListedHeadersAndAlwaysTheListAndTheTime() {
    var headers =
        Map.of(
            "L", List.of("x-b, X-A"),
            "X-A", List.of(" 1 "),
            "x-b", List.of("2"),
            "x-c", List.of("3"),
            "T", List.of("17"));

    assertThat(render("{headers:l,t}", headers, "")).isEqualTo("l:x-b, X-A;t:17;x-a:1;x-b:2");
    assertThat(render("{headers:l,t}", Map.of("t", List.of("17")), "")).isEqualTo("t:17");
  }

  @Test
  void leavesOutWhatMayBeMissing() {
    assertThat(render("{json:a}:{maybe:json:b}:", Map.of(), "{\"a\": 1}")).isEqualTo("1::");
    assertThatThrownBy(() -> render("{json:b}", Map.of(), "{\"a\": 1}"))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void refusesATemplateItDoesNotFullyUnderstand() {
    var texts =
        List.of(
            "{bodyy}",
            "{}",
            "{header:}",
            "{cookie:x}",
            "{body",
            "body}",
            "",
            "text",
            "{url}{url}",
            "{lines:}",
            "{lines:a,}",
            "{headers:a}",
            "{headers:a,b,c}",
            "{maybe:}",
            "{maybe:once:json:a}");

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

  private static String render(String template, Map<String, List<String>> headers, String body) {
    var request =
        new SignedRequest(
            "POST",
            "https://a.example/",
            Headers.of(headers),
            body.getBytes(StandardCharsets.UTF_8));
    var contents = SignedTemplate.parse(template).render(request, Optional.empty(), new byte[0]);
    return new String(contents.getFirst(), StandardCharsets.UTF_8);
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
