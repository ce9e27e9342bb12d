package io.millrace.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.event.Lineage;
import io.millrace.normalize.testing.Inbound;
import io.millrace.yaml.InvalidFileException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What an entry declares to report nothing, and all that it does not. */
final class NothingTest {
  private static final String BATCH =
      """
      items: events
      nothing:
        - {what: heartbeat, empty: events}
        - {what: ping, where: {type: ping}}
        - {what: test, where: {type: "*.created", "b:live": "false"}}
        - {what: drill, empty: more, where: {"h:X-Kind": "drill*"}}
      id: id
      type: type
      data: $
      record: {type: lead, id: id}
      """;

  private final Inbound batch = Inbound.reading(BATCH);

  @Test
  void anEmptyListThatIsDeclaredIsNothingAsAWhole() {
    assertThat(batch.normalized("{\"events\": [ ]}")).containsExactly(nothing("heartbeat", -1));
  }

  @Test
  void whatIsNotExactlyThatStaysADeadLetter() {
    for (String body :
        List.of(
            "{}",
            "[]",
            "{\"events\":null}",
            "{\"events\":\"\"}",
            "{\"events\":0}",
            "{\"events\":[[]]}",
            "{\"event\":[]}",
            "{\"more\":[]}",
            "",
            "{\"events\":[",
            "{\"events\":[null]}",
            "{\"events\":[\"ping\"]}",
            "{\"events\":[{\"type\":[\"ping\"]}]}",
            "{\"events\":[{\"type\":\"Ping\"}]}",
            "{\"events\":[{\"type\":\"ping \"}]}")) {
      assertThat(batch.normalized(body)).as(body).hasSize(1);
      assertThat(batch.normalized(body).getFirst()).as(body).isInstanceOf(Normalized.Refused.class);
    }
    assertThat(batch.normalized("{\"events\":{}}").getFirst())
        .isInstanceOf(Normalized.Refused.class);
  }

  @Test
  void aBatchWithoutElementsIsTriedAsAWhole() {
    assertThat(batch.normalized("{\"type\":\"ping\"}")).containsExactly(nothing("ping", -1));
    assertThat(batch.header("X-Kind", "drill 7").normalized("{\"more\":[]}"))
        .containsExactly(nothing("drill", -1));
  }

  @Test
  void onlyTheElementThatIsDeclaredIsNothing() {
    List<Normalized> parts =
        batch.normalized(
            "{\"live\":true,\"events\":[{\"id\":1,\"type\":\"lead.created\"},{\"type\":\"ping\"},"
                + "{\"type\":\"pong\"},{\"id\":4,\"type\":\"lead.created\"}]}");

    assertThat(parts).hasSize(4);
    assertThat(Inbound.event(parts.get(0)).getEventId()).isEqualTo("1");
    assertThat(parts.get(1)).isEqualTo(nothing("ping", 1));
    assertThat(Inbound.refused(parts.get(2)).getReason()).isEqualTo("MISSING_FIELD");
    assertThat(Inbound.event(parts.get(3)).getMetadata().getLineage().getIndex()).isEqualTo(3);
    assertThat(
            batch.normalized("{\"live\":false,\"events\":[{\"id\":1,\"type\":\"lead.created\"}]}"))
        .containsExactly(nothing("test", 0));
  }

  @Test
  void aReplayedPartThatReportsNothingKeepsItsIndex() {
    assertThat(
            batch
                .replaying(1)
                .normalized("{\"events\":[{\"id\":1,\"type\":\"a.b\"},{\"type\":\"ping\"}]}"))
        .containsExactly(nothing("ping", 1));
    assertThat(batch.replaying(1).normalized("{\"events\":[]}"))
        .containsExactly(nothing("heartbeat", 1));
  }

  @Test
  void everyPartIsStillOneResultWhateverIsMixed() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> elements =
        List.of("{\"id\":1,\"type\":\"a.b\"}", "{\"type\":\"ping\"}", "{}", "7", "[]");
    for (int round = 0; round < 500; round++) {
      List<Integer> kinds = random.ints(1 + random.nextInt(9), 0, 5).boxed().toList();
      String body =
          "{\"events\":[" + String.join(",", kinds.stream().map(elements::get).toList()) + "]}";

      List<Normalized> parts = batch.normalized(body);

      assertThat(parts).as("seed %d: %s", seed, body).hasSameSizeAs(kinds);
      for (int index = 0; index < kinds.size(); index++) {
        assertThat(parts.get(index))
            .as("seed %d: %s, part %d", seed, body, index)
            .isInstanceOf(
                switch (kinds.get(index)) {
                  case 0 -> Normalized.Event.class;
                  case 1 -> Normalized.Nothing.class;
                  default -> Normalized.Refused.class;
                });
      }
    }
  }

  @Test
  void refusesARuleThatWouldSwallowEverythingOrNothing() {
    refuses("{what: ping}", "every delivery would report nothing");
    refuses("{what: ping, where: {}}", "every delivery would report nothing");
    refuses("{what: a ping, where: {a: b}}", "what: a ping is not a name");
    refuses("{where: {a: b}}", "the key what is missing");
    refuses("{what: ping, where: {\"d:email\": b}}", "is not known before the event's data is");
    refuses("{what: ping, when: {a: b}}", "the key when is unknown");
  }

  private static void refuses(String rule, String why) {
    assertThatThrownBy(() -> Inbound.reading("type: t\nrecord: lead\nnothing: " + rule))
        .as(rule)
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining(why);
  }

  private static Normalized nothing(String what, int index) {
    return new Normalized.Nothing(
        what, new Lineage(Inbound.DELIVERY_ID, Inbound.PARTITION, Inbound.OFFSET, index));
  }
}
