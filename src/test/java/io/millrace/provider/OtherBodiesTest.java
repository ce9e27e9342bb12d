package io.millrace.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Reason;
import io.millrace.normalize.testing.Inbound;
import io.millrace.normalize.testing.TestIds;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** SOAP messages and multipart forms, as they should be and as they should not. */
class OtherBodiesTest {
  private static final String MULTIPART = "multipart/form-data; boundary=x";

  @Test
  void readsEachNotificationOfAMessage() {
    var notifications =
        IntStream.range(0, 100)
            .mapToObj(at -> notification("n" + at))
            .collect(Collectors.joining());

    var events = Inbound.of("salesforce-om").events(message(notifications));

    assertThat(events).hasSize(100);
    assertThat(events.get(99).getEventId()).isEqualTo("n99");
    assertThat(events.get(99).getMetadata().getTags()).containsExactly("organization:00D1");
  }

  @Test
  void keepsTheBytesOfANotificationThatIsRefused() {
    var before = notification("né😀");
    var broken =
        "<Notification>\r\n <Id>n2</Id>\r\n <!-- né --><note>&lt;é&#228;</note></Notification>";

    var results =
        Inbound.of("salesforce-om")
            .normalized(message(before + "\r\n" + broken + notification("n3")));

    assertThat(results).hasSize(3);
    var letter = Inbound.refused(results.get(1));
    assertThat(letter.getReason()).isEqualTo(Reason.MISSING_FIELD.name());
    assertThat(letter.getEventId()).contains("n2");
    assertThat(Inbound.text(letter.getOriginal())).isEqualTo(broken);
    assertThat(Inbound.event(results.get(2)).getEventId()).isEqualTo("n3");
  }

  @Test
  void refusesDocumentTypesAndEntities() {
    var entities =
        "<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">";
    for (var entity : new String[] {"&b;", "&c;", "&unknown;", "none"}) {
      var body =
          "<!DOCTYPE e [" + entities + "]>" + message(notification("n").replace("ada", entity));

      assertRefused("salesforce-om", body);
    }
    assertRefused("salesforce-om", message(notification("&nbsp;")));
  }

  @Test
  void refusesWhatIsNoMessage() {
    assertRefused("salesforce-om", "{}");
    assertRefused("salesforce-om", "<a><b></a>");
    assertRefused("salesforce-om", "<a/><b/>");
    assertRefused("salesforce-om", message("").replace("</", "<"));
    assertRefused("salesforce-om", "<a>".repeat(101) + "</a>".repeat(101));
    assertRefused("salesforce-om", "<a>".repeat(100_000));
    assertRefused("salesforce-om", "<" + "a".repeat(100_000));
    assertThat(
            Inbound.of("salesforce-om")
                .refused(new byte[] {'<', 'a', '>', (byte) 0xff})
                .getReason())
        .isEqualTo(Reason.UNREADABLE_BODY.name());
    assertThat(Inbound.of("salesforce-om").refused(message("")).getReason())
        .isEqualTo(Reason.EMPTY_DELIVERY.name());
  }

  @Test
  void readsAPartWhateverItsHeadersSay() {
    var body =
        part("Content-Disposition: form-data; name=\"submissionID\"; extra=1", "7")
            + part(
                "content-disposition:form-data;name=formTitle\r\nContent-Type: text/plain", "a--b")
            + part("Content-Disposition: form-data; name=\"f\"; filename=\"cv.pdf\"", "%PDF")
            + part(
                "Content-Disposition: form-data; name=\"rawRequest\"",
                "{\"q1_mail\":\"ada@example.com\"}");

    var event = form().event(body + "--x--\r\n");

    assertThat(event.getEventId()).isEqualTo("7");
    assertThat(event.getRecord().getId()).isEqualTo(TestIds.email("ada@example.com"));
    assertThat(event.getData()).containsEntry("form_title", "a--b");
  }

  @Test
  void refusesWhatIsNoForm() {
    var named = "Content-Disposition: form-data; name=";
    var many =
        IntStream.range(0, 10_001)
            .mapToObj(at -> part(named + at, ""))
            .collect(Collectors.joining());
    for (var body :
        new String[] {
          "{}",
          "--y\r\n\r\n",
          part("A: b", "nameless") + "--x--",
          part(named + "\"\"", "v") + many,
          part(named + "rawRequest", "{") + "--x--",
          part(named + "a" + "[b]".repeat(200), "") + "--x--"
        }) {
      assertThat(form().refused(body).getReason())
          .as(body.substring(0, Math.min(60, body.length())))
          .isIn(Reason.UNREADABLE_BODY.name(), Reason.MISSING_FIELD.name());
    }
    for (var type :
        new String[] {"multipart/form-data", "multipart/form-data; boundary=", "multipart/"}) {
      assertThat(Inbound.of("jotform").header("Content-Type", type).refused("--x\r\n").getReason())
          .as(type)
          .isIn(Reason.UNREADABLE_BODY.name(), Reason.MISSING_FIELD.name());
    }
  }

  @Test
  void keepsNumbersAsTheyWereSent() {
    var event =
        Inbound.reading("{id: id, type: type, record: {type: thing, id: key}, data: data}")
            .event(
                "{\"id\":123456789012345678901234567890,\"type\":\"thing.weighed\",\"key\":1e400,"
                    + "\"data\":{\"a\":0.1,\"b\":1.10,\"c\":-0,\"d\":1E+2,\"e\":[0.30,9007199254740993]}}");

    assertThat(event.getEventId()).isEqualTo("123456789012345678901234567890");
    assertThat(event.getRecord().getId()).isEqualTo("tested:1e400");
    assertThat(event.getData())
        .containsEntry("a", "0.1")
        .containsEntry("b", "1.10")
        .containsEntry("c", "-0")
        .containsEntry("d", "1E+2")
        .containsEntry("e", "[0.30,9007199254740993]");
  }

  @Test
  void refusesRecordsWithoutNumberOrBound() {
    var ids =
        IntStream.range(0, 10_001)
            .mapToObj(at -> "\"r" + at + "\"")
            .collect(Collectors.joining(","));
    var few =
        IntStream.range(0, 100).mapToObj(at -> "\"r" + at + "\"").collect(Collectors.joining(","));
    var header =
        "\"ChangeEventHeader\":{\"entityName\":\"Lead\",\"changeType\":\"CREATE\",\"transactionKey\":\"t\","
            + "\"sequenceNumber\":1,\"commitTimestamp\":1,\"recordIds\":[%s]}";

    var many = Inbound.of("salesforce-cdc").refused("{" + header.formatted(ids) + "}");
    var large =
        Inbound.of("salesforce-cdc")
            .refused("{" + header.formatted(few) + ",\"a\":\"" + "a".repeat(500_000) + "\"}");

    assertThat(many.getReason()).isEqualTo(Reason.EVENT_TOO_LARGE.name());
    assertThat(large.getReason()).isEqualTo(Reason.EVENT_TOO_LARGE.name());
  }

  private static void assertRefused(String provider, String body) {
    assertThat(Inbound.of(provider).refused(body).getReason())
        .as(body.substring(0, Math.min(60, body.length())))
        .isEqualTo(Reason.UNREADABLE_BODY.name());
  }

  private static Inbound form() {
    return Inbound.of("jotform").header("Content-Type", MULTIPART);
  }

  private static String part(String headers, String content) {
    return "--x\r\n" + headers + "\r\n\r\n" + content + "\r\n";
  }

  private static String message(String notifications) {
    return """
        <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" \
        xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><e:Body>\
        <notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>00D1</OrganizationId>"""
        + notifications
        + "</notifications></e:Body></e:Envelope>";
  }

  private static String notification(String id) {
    return """
        <Notification><Id>%s</Id><sObject i:type="sf:Lead" xmlns:sf="urn:sobject">\
        <sf:Id>00Q1</sf:Id><sf:Email>ada@example.com</sf:Email></sObject></Notification>"""
        .formatted(id);
  }
}
