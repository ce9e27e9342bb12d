package io.millrace.cli.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.Catalogues;
import io.millrace.capture.CapturedContent;
import io.millrace.capture.Redaction;
import io.millrace.provider.Catalogue;
import io.millrace.provider.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every entry of the catalogue contributes what it knows about people. */
class MappedFieldsTest {
  private static final Catalogue CATALOGUE = Catalogues.load(Optional.empty());

  @Test
  void findsWhatEntriesMap() {
    assertThat(fields("lemlist")).containsEntry("leadFirstName", "first_name");
    assertThat(fields("pipedrive")).containsEntry("data.emails.value", "email");
    assertThat(fields("calendly")).containsEntry("payload.text_reminder_number", "phone");
    assertThat(fields("intercom"))
        .containsEntry("data.item.email", "email")
        .containsEntry("data.item.source.author.email", "email");
    assertThat(fields("typeform")).containsEntry("form_response.answers.email", "email");
  }

  /** A value at each mapped path of an entry, whichever: no path that names a person survives. */
  @Test
  void replacesAPersonOfAnyProvider() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<Provider> all = List.copyOf(CATALOGUE.all());
    for (int round = 0; round < 40; round++) {
      Provider provider = all.get(random.nextInt(all.size()));
      Map<String, String> mapped = MappedFields.of(provider);
      Redaction redaction = Redaction.ofOneCapture(random, mapped);
      mapped.forEach(
          (path, canonical) -> {
            if (List.of("email", "phone", "first_name", "last_name").contains(canonical)) {
              assertThat(
                      redacted(
                          redaction,
                          body(path, canonical.equals("phone") ? "030 777123" : "zqx qxz")))
                  .as("seed %d: %s of %s", seed, path, provider.name())
                  .doesNotContain("zqx", "qxz", "777123");
            }
          });
    }
  }

  private static Map<String, String> fields(String provider) {
    return MappedFields.of(CATALOGUE.find(provider).orElseThrow());
  }

  private static String body(String path, String value) {
    StringBuilder body = new StringBuilder("{\"around\":");
    String[] names = path.split("\\.", -1);
    for (String name : names) {
      body.append("{\"").append(name).append("\":");
    }
    return body.append('"').append(value).append('"') + "}".repeat(names.length + 1);
  }

  private static String redacted(Redaction redaction, String body) {
    CapturedContent content =
        new CapturedContent(
            "/in/x", Map.of("content-type", List.of("application/json")), body.getBytes(UTF_8));
    return new String(redaction.redact(content).orElseThrow().body(), UTF_8);
  }
}
