package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.verify.Headers;
import io.millrace.verify.Secret;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.Verdict;
import io.millrace.verify.Verifier;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Known answers: requests signed by the vendors' own libraries, and tampered copies. */
class VectorsTest {
  private static final Catalogue CATALOGUE = Catalogue.bundled();

  static Stream<Arguments> vectors() throws IOException {
    try (var file = VectorsTest.class.getResourceAsStream("/vectors.json")) {
      var index = new int[1];
      return StreamSupport.stream(new ObjectMapper().readTree(file).spliterator(), false)
          .map(
              vector ->
                  Arguments.of(
                      index[0]++
                          + " "
                          + vector.get("provider").asText()
                          + " "
                          + vector.get("expect").asText(),
                      vector))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void judgesTheVectorAsExpected(String name, JsonNode vector) {
    var verifier =
        new Verifier(CATALOGUE.find(vector.get("provider").asText()).orElseThrow().verification());

    var verdict =
        verifier.verify(
            request(vector.get("request")),
            secrets(vector.get("secrets")),
            Instant.ofEpochMilli(vector.get("nowMs").asLong()));

    var answer =
        switch (verdict) {
          case Verdict.Verified verified -> "OK";
          case Verdict.Refused refused -> refused.reason().name();
        };
    assertThat(answer).as("%s: %s", name, verdict).isEqualTo(vector.get("expect").asText());
  }

  @Test
  void thereAreVectorsToJudge() throws IOException {
    assertThat(vectors()).hasSizeGreaterThanOrEqualTo(45);
  }

  private static SignedRequest request(JsonNode request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request
        .get("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), List.of(header.getValue().asText())));
    return new SignedRequest(
        request.get("method").asText(),
        request.get("url").asText(),
        Headers.of(headers),
        Base64.getDecoder().decode(request.get("bodyBase64").asText()));
  }

  private static List<Secret> secrets(JsonNode values) {
    List<Secret> secrets = new ArrayList<>();
    values.forEach(
        value ->
            secrets.add(
                new Secret(
                    "secret " + secrets.size(),
                    value.asText(),
                    Optional.empty(),
                    Optional.empty())));
    return secrets;
  }
}
