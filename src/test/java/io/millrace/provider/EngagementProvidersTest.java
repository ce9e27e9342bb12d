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

/** Segment, SendGrid and Typeform: what people do. */
final class EngagementProvidersTest {

  @Test
  void readsAPageViewOfSegment() {
    Event event =
        Inbound.of("segment")
            .event(
                """
                {"type":"page","messageId":"ajs-1","userId":"97980cfea0067","anonymousId":"an-1","name":"Pricing",
                 "properties":{"path":"/pricing","title":"Prices"},
                 "context":{"page":{"url":"https://www.example.com/pricing","path":"/other"},
                            "traits":{"email":"Ada@Example.com"},"userAgent":"Mozilla"},
                 "originalTimestamp":"2026-03-01T09:59:58.500Z","timestamp":"2026-03-01T09:59:59Z"}
                """);

    assertThat(event.getEventId()).isEqualTo("ajs-1");
    assertThat(event.getEventType()).isEqualTo("page.viewed");
    assertThat(event.getOccurredAt()).isEqualTo(Instant.parse("2026-03-01T09:59:58.500Z"));
    assertThat(event.getRecord())
        .isEqualTo(new RecordRef("person", TestIds.email("ada@example.com")));
    assertThat(event.getPerson().orElseThrow().getExternalIds())
        .containsOnly(entry("user_id", "97980cfea0067"), entry("anonymous_id", "an-1"));
    assertThat(event.getData())
        .containsEntry("path", "/pricing")
        .containsEntry("title", "Prices")
        .containsEntry("name", "Pricing")
        .containsEntry("url", "https://www.example.com/pricing")
        .containsEntry("user_agent", "Mozilla");
  }

  @Test
  void namesATrackedEventAfterTheProduct() {
    Event event =
        Inbound.of("segment")
            .event(
                """
                {"type":"track","event":"Order Completed","messageId":"m","anonymousId":"an-1",
                 "properties":{"total":27.50}}
                """);

    assertThat(event.getEventType()).isEqualTo("product.order_completed");
    assertThat(event.getRecord())
        .isEqualTo(new RecordRef("person", TestIds.id("anonymous", "tested", "an-1")));
    assertThat(event.getData()).containsEntry("total", "27.50");
    assertThat(event.getOccurredAt()).isEqualTo(Inbound.RECEIVED_AT);
  }

  @Test
  void prefersTheUserToTheBrowser() {
    Event event =
        Inbound.of("segment")
            .event(
                "{\"type\":\"identify\",\"messageId\":\"m\",\"userId\":\"u-1\",\"anonymousId\":\"a\"}");

    assertThat(event.getEventType()).isEqualTo("person.identified");
    assertThat(event.getRecord().getId()).isEqualTo(TestIds.id("user", "tested", "u-1"));
  }

  @Test
  void takesASegmentBatchApart() {
    List<Event> events =
        Inbound.of("segment")
            .events(
                """
                [{"type":"page","messageId":"1","userId":"u"},{"type":"screen","messageId":"2","userId":"u"},
                 {"type":"group","messageId":"3","userId":"u","groupId":"g-1","traits":{"domain":"Example.COM"}}]
                """);

    assertThat(events)
        .extracting(Event::getEventType)
        .containsExactly("page.viewed", "screen.viewed", "account.identified");
    assertThat(events.get(2).getRecord()).isEqualTo(new RecordRef("account", "tested:g-1"));
    assertThat(events.get(2).getAccount().orElseThrow().getKey())
        .isEqualTo(TestIds.id("domain", "", "example.com"));
  }

  @Test
  void readsABatchOfSendgrid() {
    String batch =
        """
        [{"email":"Ada@Example.com","timestamp":1772359200,"smtp-id":"<a@b>","event":"open",
          "category":["newsletter"],"sg_event_id":"e1","sg_message_id":"m1","useragent":"Mozilla"},
         {"email":"ada@example.com","timestamp":1772359201,"event":"click","sg_event_id":"e2","url":"https://x/"},
         {"email":"ada@example.com","timestamp":1772359202,"event":"spamreport","sg_event_id":"e3"},
         {"email":"ada@example.com","timestamp":1772359203,"event":"dropped","sg_event_id":"e4"}]\r
        """;

    List<Event> events = Inbound.of("sendgrid").events(batch);

    assertThat(events)
        .extracting(Event::getEventType)
        .containsExactly("email.opened", "email.clicked", "email.reported_spam", "email.dropped");
    assertThat(events)
        .extracting(event -> event.getRecord().getId())
        .containsOnly(TestIds.email("ada@example.com"));
    assertThat(events.get(0).getData())
        .containsOnly(
            entry("email", "Ada@Example.com"),
            entry("smtp_id", "<a@b>"),
            entry("category", "[\"newsletter\"]"),
            entry("message_id", "m1"),
            entry("user_agent", "Mozilla"));
  }

  @Test
  void doesNotTakeABrokenAddressForAPerson() {
    DeadLetter letter =
        Inbound.of("sendgrid")
            .refused("[{\"email\":\"unknown\",\"event\":\"open\",\"sg_event_id\":\"e\"}]");

    assertThat(letter.getReason()).isEqualTo("INVALID_FIELD");
    assertThat(letter.getEventId()).contains("e");
    assertThat(letter.getEventType()).contains("email.opened");
    assertThat(letter.getAttempts().get(0).getError()).contains("'unknown'", "e-mail address");
  }

  @Test
  void readsTheAnswersOfATypeform() {
    Event event =
        Inbound.of("typeform")
            .event(
                """
                {"event_id":"01H","event_type":"form_response","form_response":{
                  "form_id":"lT4Z3j","token":"a3a12","submitted_at":"2026-03-01T09:58:00Z",
                  "hidden":{"utm_source":"fair"},
                  "definition":{"id":"lT4Z3j","title":"Contact us"},
                  "answers":[
                   {"type":"text","text":"Zoë \\"Z\\"","field":{"id":"f1","type":"short_text","ref":"first_name"}},
                   {"type":"email","email":"zoe@example.com","field":{"id":"f2","type":"email","ref":"q2"}},
                   {"type":"boolean","boolean":false,"field":{"id":"f3","type":"yes_no","ref":"consent"}},
                   {"type":"choices","choices":{"labels":["A","B"]},"field":{"id":"f4","ref":"topics"}},
                   {"type":"number","number":1.10,"field":{"id":"f5","type":"number"}}]}}
                """);

    assertThat(event.getEventType()).isEqualTo("form.submitted");
    assertThat(event.getRecord())
        .isEqualTo(new RecordRef("person", TestIds.email("zoe@example.com")));
    assertThat(event.getOccurredAt()).isEqualTo(Instant.parse("2026-03-01T09:58:00Z"));
    assertThat(event.getData())
        .containsOnly(
            entry("utm_source", "fair"),
            entry("first_name", "Zoë \"Z\""),
            entry("q2", "zoe@example.com"),
            entry("consent", "false"),
            entry("topics", "[\"A\",\"B\"]"),
            entry("f5", "1.10"),
            entry("form_id", "lT4Z3j"),
            entry("form_title", "Contact us"),
            entry("response_id", "a3a12"),
            entry("email", "zoe@example.com"));
  }
}
