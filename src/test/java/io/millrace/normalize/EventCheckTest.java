package io.millrace.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.event.Event;
import io.millrace.event.FieldProblem;
import io.millrace.event.RecordState;
import io.millrace.flow.record.RecordMerge;
import io.millrace.normalize.field.FieldKind;
import io.millrace.normalize.field.FieldRules;
import io.millrace.normalize.field.FieldRulesTest;
import io.millrace.normalize.testing.Inbound;
import io.millrace.normalize.testing.TestIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Envelopes of an own application, checked by a small table. */
final class EventCheckTest {
  private static final String TABLE =
      """
      fields:
        - {field: email, records: [lead, person], kind: email, owner: marketing, bad: omit}
        - {field: phone, records: [lead], kind: phone, owner: sales, bad: keep}
        - {field: fax, records: [lead], kind: phone, owner: sales, bad: null}
        - {field: budget, records: [lead], kind: number, min: 0, owner: sales, bad: refuse}
        - {field: seats, records: [lead], kind: integer, owner: sales, bad: refuse}
        - {field: note, records: [lead], kind: text, maxLength: 5, owner: sales, bad: omit}
      atLeastOne:
        - {fields: [email, phone], on: lead.created, bad: keep}
      """;

  private final Inbound envelope = Inbound.of("envelope").checkedBy(FieldRulesTest.rules(TABLE));

  @Test
  void writesGoodValuesCanonically() {
    Event event =
        envelope.event(
            created(
                "\"email\":\" Ada@EXAMPLE.com\",\"phone\":\"+49 (30) 901820\",\"budget\":0.10"));

    assertThat(event.getData())
        .containsOnly(
            entry("lead_id", "L-1"),
            entry("email", "Ada@example.com"),
            entry("phone", "+4930901820"),
            entry("budget", "0.10"));
    assertThat(event.getPerson().orElseThrow().getKey())
        .isEqualTo(TestIds.email("ada@example.com"));
    assertThat(event.getMetadata().getProblems()).isEmpty();
  }

  @Test
  void doesWhatThePolicySaysAndReportsIt() {
    Event event =
        envelope.event(
            created(
                "\"phone\":\"030 1\",\"fax\":\"none\",\"email\":\"ada@exam_ple.com\",\"colour\":\"red\""));

    assertThat(event.getData())
        .containsOnly(
            entry("lead_id", "L-1"),
            entry("phone", "030 1"),
            entry("fax", null),
            entry("colour", "red"));
    assertThat(event.getMetadata().getProblems())
        .extracting(
            FieldProblem::getField,
            FieldProblem::getKind,
            FieldProblem::getPolicy,
            FieldProblem::getValue)
        .containsExactly(
            tuple("email", "email", "OMIT", Optional.of("ada@exam_ple.com")),
            tuple("fax", "phone", "NULL", Optional.of("none")),
            tuple("phone", "phone", "KEEP", Optional.empty()));
    assertThat(event.getMetadata().getProblems().getFirst().getError())
        .isEqualTo("email is not an e-mail address, such as ada@example.com");
  }

  @Test
  void refusesOnceWithEverythingThatIsWrong() {
    var refused =
        envelope
            .normalized(
                created(
                    "\"budget\":\"1.000,-\",\"phone\":\"0\",\"seats\":\"many\",\"email\":\"x\""))
            .getFirst();
    var letter = Inbound.refused(refused);

    assertThat(letter.getReason()).isEqualTo("INVALID_FIELD");
    assertThat(letter.getAttempts().getFirst().getError())
        .contains("budget is not a number", "(it is '1.000,-')")
        .contains("email is not an e-mail address", "(it is 'x')")
        .contains("phone ", "seats is not a whole number", "(it is 'many')")
        .contains("and replay");
    assertThat(letter.getRecord().orElseThrow().getId()).isEqualTo("tested:L-1");
    assertThat(((Normalized.Refused) refused).problems())
        .extracting(FieldProblem::getField)
        .containsExactly("budget", "email", "phone", "seats");
  }

  @Test
  void tellsWhatIsMissingTogetherWithWhatIsBad() {
    var letter =
        envelope
            .mappedBy(
                """
                fields:
                  - {from: company, to: company, missing: refuse}
                  - {from: city, to: city, missing: refuse}
                """)
            .refused(created("\"email\":\"x\""));

    assertThat(letter.getReason()).isEqualTo("MISSING_FIELD");
    assertThat(letter.getAttempts().getFirst().getError())
        .contains("The field company", "The field city", "email is not an e-mail address");
  }

  @Test
  void takesAnEmptyValueForAClearedField() {
    Event event = envelope.event(updated("\"email\":\"\",\"budget\":\" \",\"note\":\" \""));

    assertThat(event.getData())
        .containsEntry("email", null)
        .containsEntry("budget", null)
        .containsEntry("note", "");
    assertThat(event.getMetadata().getProblems()).isEmpty();
  }

  @Test
  void asksCreationsForAWayToReachSomebody() {
    assertThat(envelope.event(created("\"phone\":null")).getMetadata().getProblems())
        .containsExactly(
            new FieldProblem(
                "email|phone",
                "atLeastOne",
                "KEEP",
                null,
                "none of email, phone has a value: make one of them required at the sender,"
                    + " or map the field that has it"));
    assertThat(envelope.event(created("\"phone\":\"+4930901820\"")).getMetadata().getProblems())
        .isEmpty();
    assertThat(envelope.event(updated("\"note\":\"hi\"")).getMetadata().getProblems()).isEmpty();
  }

  @Test
  void countsTheAddressThePersonIsNamedBy() {
    var hubspot =
        Inbound.reading(
                """
                id: id
                type: type
                data: data
                record: {type: lead, id: id}
                person: {email: who}
                """)
            .checkedBy(FieldRulesTest.rules(TABLE));

    assertThat(
            hubspot
                .event("{\"id\":\"1\",\"type\":\"lead.created\",\"who\":\"ada@example.com\"}")
                .getMetadata()
                .getProblems())
        .isEmpty();
  }

  @Test
  void aSourcesOwnMappingGoesBefore() {
    Event event =
        envelope
            .mappedBy(
                """
                region: DE
                fields:
                  - {from: fax, to: fax, region: US}
                  - {from: tel, to: tel, kind: phone}
                  - {from: budget, to: budget, bad: keep}
                  - {from: note, to: note, kind: oneOf, oneOf: [Hot, Cold], bad: null}
                  - {from: seats, to: seats, normalize: false}
                """)
            .event(
                created(
                    "\"phone\":\"030 901820\",\"fax\":\"415 555 2671\",\"tel\":\"030 901820\","
                        + "\"budget\":\"?\",\"note\":\"HOT\",\"seats\":5.0"));

    assertThat(event.getData())
        .containsEntry("phone", "+4930901820")
        .containsEntry("fax", "+14155552671")
        .containsEntry("tel", "+4930901820")
        .containsEntry("budget", "?")
        .containsEntry("note", "Hot")
        .containsEntry("seats", "5.0");
  }

  @Test
  void aSourceMayRefuseWhomNobodyCanReach() {
    var letter =
        envelope
            .mappedBy("atLeastOne: {fields: [email, phone], on: lead.created, bad: refuse}")
            .refused(created("\"note\":\"hi\""));

    assertThat(letter.getReason()).isEqualTo("INVALID_FIELD");
    assertThat(letter.getAttempts().getFirst().getError()).startsWith("none of email, phone");
  }

  @Test
  void keepsEndlessValuesFromTheProblem() {
    Event event = envelope.event(created("\"note\":\"" + "x".repeat(999) + "😀😀\""));

    assertThat(event.getMetadata().getProblems().getLast().getValue().orElseThrow())
        .isEqualTo("x".repeat(999));
  }

  @Test
  void badAddressIsNoIdentifierOfItsKind() {
    Event event =
        envelope.event(created("\"email\":\" ADA@exam_ple.com\",\"phone\":\"+49 30 901820\""));

    assertThat(event.getPerson().orElseThrow().getKey())
        .isEqualTo(TestIds.id("phone", "", "+4930901820"));
    assertThat(event.getPerson().orElseThrow().getEmail()).isEmpty();
  }

  /** As the flow merges them: what a policy does is seen in the record, not in the event. */
  @Test
  void leavesOutABadValueWithoutBlankingAGoodOne() {
    Event created =
        envelope.event(created("\"email\":\"ada@example.com\",\"fax\":\"+49 30 901820\""));
    Event updated = envelope.event(updated("\"email\":\"ada@exam_ple.com\",\"fax\":\"?\""));

    RecordState state =
        RecordMerge.merge(Optional.of(RecordMerge.merge(Optional.empty(), created)), updated);

    assertThat(RecordMerge.visible("1", state).orElseThrow().fields())
        .containsEntry("email", "ada@example.com")
        .doesNotContainKey("fax");
  }

  @Test
  void writesPreviousValuesAsTheyWereWrittenAsData() {
    Event event =
        envelope.event(
            updated("\"phone\":\"+49 30 901821\"")
                .replace(
                    "\"data\"",
                    "\"previous\":{\"phone\":\"+49 (30) 901820\",\"fax\":\"?\","
                        + "\"note\":\"too long\",\"email\":\"\"},\"data\""));

    assertThat(event.getPrevious())
        .containsOnly(
            entry("phone", "+4930901820"),
            entry("fax", null),
            entry("note", "too long"),
            entry("email", null));
    assertThat(event.getMetadata().getProblems()).isEmpty();
  }

  /** An event that was checked, sent again as it is, is not changed any more. */
  @Test
  void leavesAloneWhatWasCheckedBefore() throws IOException {
    var seed = Long.getLong("seed", new Random().nextLong(1_000_000));
    var random = new Random(seed);
    var shipped = Inbound.of("envelope").checkedBy(FieldRules.load(Path.of("topology", "rules")));
    var values = new ArrayList<String>();
    for (var kind : FieldKind.values()) {
      for (var line :
          Files.readAllLines(Path.of("src/test/resources/fields", kind.word() + ".txt"))) {
        values.add(line.replaceAll("^(--|[A-Z]{2}) | -> .*$", ""));
      }
    }
    var fields = List.of("email", "phone", "company", "website", "country", "employees", "other");

    for (var run = 0; run < 500; run++) {
      var json = new ObjectMapper().createObjectNode();
      fields.forEach(field -> json.put(field, values.get(random.nextInt(values.size()))));
      var once = shipped.event(created(json.toString().replaceAll("^\\{|\\}$", "")));
      json.removeAll();
      once.getData().forEach(json::put);
      var twice = shipped.event(created(json.toString().replaceAll("^\\{|\\}$", "")));

      assertThat(twice.getData()).as("seed %d", seed).isEqualTo(once.getData());
      assertThat(twice.getMetadata().getProblems())
          .as("seed %d", seed)
          .isEqualTo(
              once.getMetadata().getProblems().stream()
                  .filter(problem -> problem.getPolicy().equals("KEEP"))
                  .toList());
    }
  }

  private static String created(String data) {
    return """
        {"event_id":"e","event_type":"lead.created","timestamp":"2026-03-01T10:00:00Z",
        "data":{"lead_id":"L-1",%s}}
        """
        .formatted(data);
  }

  private static String updated(String data) {
    return created(data)
        .replace("lead.created", "lead.updated")
        .replace("\"e\"", "\"e2\"")
        .replace("10:00:00", "11:00:00");
  }
}
