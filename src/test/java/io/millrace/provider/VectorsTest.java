package io.millrace.provider;

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
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Known answers: requests signed by other programs than ours, and tampered copies. */
class VectorsTest {
  private static final Catalogue CATALOGUE = Catalogue.bundled();

  /**
   * Signed by the vendors' libraries, judged genuine by them, and signed by other programs after
   * the vendors' documents.
   */
  private static final List<String> FILES =
      List.of("/vectors.json", "/vendor-vectors.json", "/own-vectors.json");

  private static final List<String> COMPARED_WITH_JAVA_LIBRARIES =
      List.of("sendgrid", "slack", "standard-webhooks", "stripe", "svix", "twilio");

  static Stream<Arguments> vectors() throws IOException {
    List<Arguments> vectors = new ArrayList<>();
    for (var name : FILES) {
      try (var file = VectorsTest.class.getResourceAsStream(name)) {
        for (var vector : new ObjectMapper().readTree(file)) {
          var title =
              "%d %s %s"
                  .formatted(
                      vectors.size(),
                      vector.get("provider").asText(),
                      vector.get("expect").asText());
          vectors.add(Arguments.of(title, vector));
        }
      }
    }
    return vectors.stream();
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
  void everyEntryOfTheCatalogueHasAVectorThatVerifies() throws IOException {
    var proved =
        vectors()
            .map(vector -> (JsonNode) vector.get()[1])
            .filter(vector -> vector.get("expect").asText().equals("OK"))
            .map(vector -> CATALOGUE.find(vector.get("provider").asText()).orElseThrow().name())
            .collect(Collectors.toSet());

    assertThat(proved)
        .containsExactlyInAnyOrderElementsOf(CATALOGUE.all().stream().map(Provider::name).toList());
  }

  /** Nobody else's code may be claimed to agree unless it does so here, or beside ours. */
  @Test
  void whereSomebodyElseAgreesATestShowsIt() throws IOException {
    var foreign = new TreeSet<String>(COMPARED_WITH_JAVA_LIBRARIES);
    for (var argument : vectors().toList()) {
      var vector = (JsonNode) argument.get()[1];
      var signer = vector.get("signer").asText();
      if (vector.get("expect").asText().equals("OK") && signer.startsWith("npm ")) {
        foreign.add(CATALOGUE.find(vector.get("provider").asText()).orElseThrow().name());
      }
    }
    // Signed by the library of another vendor, or of the standard they name.
    foreign.removeAll(List.of("meta", "bigcommerce", "gitlab"));

    assertThat(CATALOGUE.all())
        .filteredOn(
            provider ->
                provider
                    .evidence()
                    .of(Evidence.Fact.VERIFICATION)
                    .filter(authority -> authority.proof().isAgreement())
                    .isPresent())
        .extracting(Provider::name)
        .containsExactlyElementsOf(foreign);
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
