package io.millrace.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.millrace.event.DeadLetter;
import io.millrace.event.Event;
import io.millrace.event.RecordRef;
import io.millrace.normalize.testing.Inbound;
import io.millrace.normalize.testing.TestIds;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One realistic delivery of providers whose shape is special in some way. */
final class OtherProvidersTest {

  @Test
  void readsAnEditedIssueOfGithub() {
    Event event =
        Inbound.of("github")
            .header("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958")
            .header("X-GitHub-Event", "issues")
            .event(
                """
                {"action":"edited","changes":{"title":{"from":"Old"}},"issue":{"number":3},
                 "repository":{"full_name":"octo/hello"},"sender":{"login":"octocat"}}
                """);

    assertThat(event.getEventId()).isEqualTo("72d3162e-cc78-11e3-81ab-4c9367dc0958");
    assertThat(event.getEventType()).isEqualTo("issue.edited");
    assertThat(event.getRecord()).isEqualTo(new RecordRef("repository", "tested:octo/hello"));
    assertThat(event.getPrevious()).containsExactly(entry("title", "Old"));
    assertThat(event.getData())
        .containsOnly(
            entry("action", "edited"),
            entry("issue", "{\"number\":3}"),
            entry("repository", "octo/hello"),
            entry("sender", "octocat"));
  }

  @Test
  void readsAMessageOfSlack() {
    Event event =
        Inbound.of("slack")
            .event(
                """
                {"type":"event_callback","event_id":"Ev1","event_time":1772359200,"team_id":"T1",
                 "event":{"type":"message","channel":"C1","user":"U1","text":"Hi"}}
                """);

    assertThat(event.getEventType()).isEqualTo("message.posted");
    assertThat(event.getRecord()).isEqualTo(new RecordRef("channel", "tested:C1"));
    assertThat(event.getData()).containsEntry("text", "Hi");
  }

  @Test
  void takesTheTimeFromTheHeaderWhereTheBodyHasNone() {
    Event event =
        Inbound.of("svix")
            .header("svix-id", "msg_1")
            .header("svix-timestamp", "1772359200")
            .event("{\"type\":\"user.created\",\"data\":{\"id\":\"user_1\"}}");

    assertThat(event.getEventId()).isEqualTo("msg_1");
    assertThat(event.getEventType()).isEqualTo("user.created");
    assertThat(event.getRecord()).isEqualTo(new RecordRef("user", "tested:user_1"));
    assertThat(event.getOccurredAt()).isEqualTo(Instant.ofEpochSecond(1772359200));
  }

  @Test
  void takesNestedListsOfMetaApart() {
    List<Event> events =
        Inbound.of("meta")
            .events(
                """
                {"object":"page","entry":[
                  {"id":"1","changes":[{"field":"leadgen","value":{"leadgen_id":444444444444444444,"created_time":1772359200}}]},
                  {"id":"2","changes":[{"field":"leadgen","value":{"leadgen_id":5}},
                                       {"field":"leadgen","value":{"leadgen_id":6}}]}]}
                """);

    assertThat(events)
        .extracting(event -> event.getRecord().getId())
        .containsExactly("tested:444444444444444444", "tested:5", "tested:6");
    assertThat(events).extracting(Event::getEventType).containsOnly("lead.created");
  }

  @Test
  void readsAFormOfMailchimp() {
    Event event =
        Inbound.of("mailchimp")
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .event(
                "type=unsubscribe&fired_at=2026-03-01+09%3A26%3A35&data%5Bid%5D=8a25ff1d98"
                    + "&data[list_id]=a6b5da1054&data[email]=Ada%40Example.com&data[merges][FNAME]=Ada");

    assertThat(event.getEventId())
        .isEqualTo("unsubscribe:2026-03-01 09:26:35:8a25ff1d98:Ada@Example.com");
    assertThat(event.getEventType()).isEqualTo("email.unsubscribed");
    assertThat(event.getOccurredAt()).isEqualTo(Instant.parse("2026-03-01T09:26:35Z"));
    assertThat(event.getRecord())
        .isEqualTo(new RecordRef("person", TestIds.email("ada@example.com")));
    assertThat(event.getData()).containsEntry("merges", "{\"FNAME\":\"Ada\"}");
  }

  @Test
  void readsAFractionOfASecondOfMailgun() {
    Event event =
        Inbound.of("mailgun")
            .event(
                """
                {"signature":{"token":"t"},"event-data":{"id":"a","event":"opened","timestamp":1772359200.283218,
                 "recipient":"ada@example.com","tags":["welcome"],"message":{"headers":{"message-id":"m@x"}}}}
                """);

    assertThat(event.getEventType()).isEqualTo("email.opened");
    assertThat(event.getOccurredAt()).isEqualTo(Instant.ofEpochMilli(1772359200283L));
    assertThat(event.getMetadata().getTags()).containsExactly("welcome");
  }

  @Test
  void readsAChangedDealOfPipedrive() {
    Event event =
        Inbound.of("pipedrive")
            .event(
                """
                {"meta":{"id":"9e2f","action":"change","entity":"deal","entity_id":"12","timestamp":"2026-03-01T09:00:00.000Z",
                  "correlation_id":"c","version":"2.0","attempt":1},
                 "data":{"id":12,"stage_id":3,"value":10.50},"previous":{"stage_id":2}}
                """);

    assertThat(event.getEventType()).isEqualTo("deal.stage_changed");
    assertThat(event.getData()).containsOnly(entry("stage", "3"), entry("amount", "10.50"));
    assertThat(event.getPrevious()).containsExactly(entry("stage", "2"));
  }

  @Test
  void readsTheAnswersOfAGoogleLeadForm() {
    Event event =
        Inbound.of("google-lead")
            .event(
                """
                {"lead_id":"g-1","google_key":"secret","campaign_id":3333333333333333333,"user_column_data":[
                  {"column_id":"EMAIL","string_value":"ada@example.com"},{"column_id":"FULL_NAME","string_value":"Ada"}]}
                """);

    assertThat(event.getEventType()).isEqualTo("lead.created");
    assertThat(event.getData())
        .containsOnly(
            entry("campaign_id", "3333333333333333333"),
            entry("email", "ada@example.com"),
            entry("name", "Ada"),
            entry("lead_source", "google-ads"));
  }

  @Test
  void countsTheElementsOfAttioWhichHaveNoIdsOfTheirOwn() {
    List<Event> events =
        Inbound.of("attio")
            .header("Idempotency-Key", "k")
            .events(
                """
                {"events":[{"event_type":"record.updated","id":{"record_id":"r-1"}},
                           {"event_type":"record.updated","id":{"record_id":"r-2"}}]}
                """);

    assertThat(events).extracting(Event::getEventId).containsExactly("k:0", "k:1");
  }

  @Test
  void understandsMostSendersNobodyDescribed() {
    Event event =
        Inbound.reading("{}")
            .event(
                """
                {"id":"x-1","event":"contact.created","created_at":1772359200,
                 "data":{"contact_id":"C-1","email":"ada@example.com"}}
                """);

    assertThat(event.getEventId()).isEqualTo("x-1");
    assertThat(event.getEventType()).isEqualTo("contact.created");
    assertThat(event.getOccurredAt()).isEqualTo(Instant.ofEpochSecond(1772359200));
    assertThat(event.getRecord()).isEqualTo(new RecordRef("contact", "tested:C-1"));
  }

  @Test
  void refusesAFormWithABrokenEscape() {
    DeadLetter letter = Inbound.of("twilio").refused("a=%zz");

    assertThat(letter.getReason()).isEqualTo("UNREADABLE_BODY");
  }
}
