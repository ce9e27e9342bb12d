package io.millrace.tidy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The manual's list of topics is written from {@code topology/topics.yaml}. */
class TopicsDocumentTest {
  private static final String INTRODUCTION =
      """
      # Topics

      Written from `topology/topics.yaml` by a test; do not edit. Keys are UTF-8 text; values are Avro in the Confluent wire
      format, under the subject `{topic}-value`; the records are described in [schemas.md](schemas.md). A record's timestamp is
      its arrival; the sender's time is in the event (`occurred_at`). Read with `isolation.level=read_committed` and every
      event is there exactly once.

      | topic | key | value | partitions | kept | compatibility | written by | read by |
      |---|---|---|---|---|---|---|---|
      """;

  private static final String WHY =
      """

      ## Compatibility, and why

      `FULL_TRANSITIVE`, the strictest there is, holds for every topic: any version of a reader can read what any version of a
      writer wrote, in both directions, for as long as the data is kept. Readers and writers are then upgraded in any order, a
      topic can be read again from its beginning, and the warehouse never meets a column it cannot fill. The price is that
      a field can only be added or dropped when it has a default, and never renamed or retyped. Schemas pay it in advance: words that
      grow (types, reasons, assurance) are strings and not enumerations, because a new enumeration value would not be
      compatible.
      """;

  @Test
  void listsEveryTopic() throws JsonProcessingException {
    JsonNode topics =
        new ObjectMapper(new YAMLFactory()).readTree(Checkout.read("topology/topics.yaml"));
    JsonNode defaults = topics.path("defaults");
    var document = new StringBuilder(INTRODUCTION);
    for (Map.Entry<String, JsonNode> topic : topics.path("topics").properties()) {
      JsonNode it = topic.getValue();
      document.append(
          "| `%s` | %s | [%s](schemas.md#%s) | %s | %s | %s | %s | %s |%n"
              .formatted(
                  topic.getKey(),
                  it.path("key").asText(),
                  it.path("value").asText(),
                  it.path("value").asText().toLowerCase(Locale.ROOT),
                  either("partitions", it, defaults),
                  kept(it, defaults),
                  either("compatibility", it, defaults),
                  it.path("owner").asText(),
                  String.join(", ", texts(it.path("readers")))));
    }
    document.append(WHY);

    Golden.check("docs/topics.md", document.toString());
  }

  private static String kept(JsonNode topic, JsonNode defaults) {
    return either("cleanup", topic, defaults).equals("compact")
        ? "the last of each key"
        : either("retention", topic, defaults);
  }

  private static String either(String name, JsonNode topic, JsonNode defaults) {
    return topic.has(name) ? topic.path(name).asText() : defaults.path(name).asText();
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
