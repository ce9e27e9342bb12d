package io.millrace.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.kafka.provision.TopicSetting;
import io.millrace.kafka.provision.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The schemas say which fields are personal data, and the topics keep them accordingly. */
class PersonalMarksTest {
  private static final Duration LONGEST = Duration.ofDays(28);
  private static final PersonalMarks MARKS = PersonalMarks.read();

  @Test
  void everyFieldThatHoldsTextIsDecided() {
    assertThat(MARKS.undecided())
        .as("add \"pii\": contact, content, pseudonym or false to each of these fields")
        .isEmpty();
  }

  @Test
  void noTopicOfEventsKeepsWhatNamesPeopleForLongerThanAMonth() {
    List<String> tooLong =
        topics().stream()
            .filter(topic -> !topic.isCompacted())
            .filter(topic -> topic.retention().compareTo(LONGEST) > 0)
            .filter(topic -> tellsAboutPeople(topic.value().getSimpleName()))
            .map(TopicSetting::name)
            .toList();

    assertThat(tooLong).isEmpty();
  }

  @Test
  void topicsThatAreKeptLongerHoldOpaqueIdsOnly() {
    assertThat(topics())
        .filteredOn(topic -> topic.retention().compareTo(LONGEST) > 0)
        .extracting(TopicSetting::name)
        .containsExactlyInAnyOrder(
            "identities-changed",
            "engagement-batches",
            "signals-detected",
            "usage-counted",
            "lead-scores-changed",
            "account-scores-changed",
            "account-signals");
  }

  @Test
  void nothingOfAnErasedPersonStaysInWhatIsSuppressed() {
    assertThat(MARKS.categoriesOf("SuppressedEvent")).isEmpty();
  }

  @Test
  void ownersAreThoseOfTheFields() {
    Map<String, String> records =
        Map.of("CrmLead", "lead", "CrmContact", "contact", "CrmAccount", "account");
    records.forEach(
        (schema, record) -> {
          for (JsonNode field :
              SchemaFiles.read(Path.of("schemas", schema + ".avsc")).path("fields")) {
            assertThat(field.path("owner").asText())
                .as(schema + "." + field.path("name").asText())
                .isEqualTo(declaredOwner(field.path("name").asText(), record));
          }
        });
  }

  @Test
  void seesWhatIsUndecidedOrMisspelt() {
    assertThat(decided("{\"type\": \"string\"}")).isFalse();
    assertThat(decided("{\"type\": {\"type\": \"map\", \"values\": \"long\"}}")).isFalse();
    assertThat(decided("{\"type\": [\"null\", \"bytes\"], \"pii\": \"maybe\"}")).isFalse();
    assertThat(decided("{\"type\": \"string\", \"pii\": true}")).isFalse();
    assertThat(decided("{\"type\": \"string\", \"pii\": false}")).isTrue();
    assertThat(decided("{\"type\": \"long\"}")).isTrue();
    assertThat(MARKS.categoriesOf("Event")).contains("contact", "content", "pseudonym");
  }

  private static boolean decided(String field) {
    return PersonalMarks.isDecided(SchemaFiles.parse(field));
  }

  private static boolean tellsAboutPeople(String record) {
    return MARKS.categoriesOf(record).stream().anyMatch(each -> !each.equals("pseudonym"));
  }

  private static String declaredOwner(String field, String record) {
    return Checkout.read("topology/rules/fields.yaml")
        .lines()
        .filter(line -> line.contains("{field: " + field + ","))
        .filter(line -> line.matches(".*records: \\[[^]]*\\b" + record + "\\b.*"))
        .map(line -> line.replaceAll(".*owner: ([^,}]+).*", "$1"))
        .findFirst()
        .orElse("");
  }

  private static List<TopicSetting> topics() {
    return TopicSettings.load(Path.of("topology", "topics.yaml")).all();
  }
}
