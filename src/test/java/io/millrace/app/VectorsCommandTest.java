package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.cli.sources.SourcesCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Every vector can be handed to {@code sources test} as it is, variants by their names. */
class VectorsCommandTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hubspot-v1",
        "hubspot-v3",
        "standard",
        "standard-ed25519",
        "segment-batch",
        "twilio",
        "mailgun",
        "docusign",
        "recurly",
        "basic",
        "gong",
        "vonage",
        "mandrill",
        "paypal",
        "aws-sns",
        "adyen",
        "contentful"
      })
  void answersWithTheExpectedReasonFirst(String provider) throws IOException {
    for (var vector : vectors(provider)) {
      var file = Files.writeString(folder.resolve("vector.json"), vector.toString());
      var out = new StringWriter();

      var exit =
          new CommandLine(new SourcesCommand())
              .setOut(new PrintWriter(out))
              .execute("test", "--provider", provider, "--request", file.toString());

      var expected = vector.get("expect").asText();
      assertThat(out.toString().lines().findFirst()).as("%s", vector).contains(expected);
      assertThat(exit).isEqualTo(expected.equals("OK") ? Exit.DONE : Exit.NO);
    }
  }

  private static List<JsonNode> vectors(String provider) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    for (var name : List.of("/vectors.json", "/own-vectors.json")) {
      try (var file = VectorsCommandTest.class.getResourceAsStream(name)) {
        for (var vector : MAPPER.readTree(file)) {
          if (vector.get("provider").asText().equals(provider)) {
            found.add(vector);
          }
        }
      }
    }
    assertThat(found).as("vectors of %s", provider).isNotEmpty();
    return found;
  }
}
