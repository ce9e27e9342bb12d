package io.millrace.bench.load;

import io.millrace.event.Delivery;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One event of the mix as its sender posts it, in the form of the provider {@code envelope}.
 *
 * @param number identifies distinct events: 0 and up; a copy has the number of its original
 * @param source the source that posts it, from 1
 * @param kind its kind of subject
 * @param type the event's type
 * @param person the person, lead or deal, from 1
 * @param status the lead's status, 1 to 9; 0 for everything else
 * @param occurredMs when it happened, milliseconds since the epoch
 * @param arrivedMs when the edge received it, milliseconds since the epoch
 * @param isCopy whether the same event has been posted before
 */
public record MixEvent(
    int number,
    int source,
    Kind kind,
    String type,
    int person,
    int status,
    long occurredMs,
    long arrivedMs,
    boolean isCopy) {

  /** The kinds of subjects in the mix. */
  public enum Kind {
    ENGAGEMENT,
    LEAD,
    DEAL
  }

  /** The prefix of event ids of the mix; the number follows. */
  static final String ID_PREFIX = "mix-";

  /** The number within an event's id. */
  public static int numberOf(String id) {
    return Integer.parseInt(id.substring(ID_PREFIX.length()));
  }

  String id() {
    return ID_PREFIX + number;
  }

  public String sourceName() {
    return VolumeMix.SOURCE_PREFIX + source;
  }

  /** The JSON the sender posts. */
  String body() {
    String data =
        switch (kind) {
          case ENGAGEMENT ->
              """
              "source":"web","data":{"person_id":"P-%1$d","email":"p%1$d@example.com",\
              "url":"https://www.example.com/pricing?x=%2$d","campaign":"spring-2026",\
              "user_agent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36","ip":"203.0.113.9",\
              "referrer":"https://news.example.org/article/%3$d"}\
              """
                  .formatted(person, person % 7, number % 100);
          case LEAD ->
              """
              "source":"form","data":{"lead_id":"L-%1$d","email":"p%1$d@example.com",\
              "first_name":"Ada","last_name":"Lovelace","company":"Example %2$d",\
              "title":"Head of Sales","phone":"+49 30 901820","country":"DE","status":"s%3$d",\
              "lead_source":"web"}\
              """
                  .formatted(person, person % 1000, status);
          case DEAL ->
              """
              "source":"crm","data":{"deal_id":"D-%1$d","stage":"negotiation","amount":"%2$d.50",\
              "currency":"EUR","name":"Deal %1$d"},"previous":{"stage":"demo"}\
              """
                  .formatted(person, number % 90_000);
        };
    return """
    {"event_id":"%s","event_type":"%s","timestamp":"%s","schema_version":1,%s}\
    """
        .formatted(id(), type, Instant.ofEpochMilli(occurredMs), data);
  }

  /**
   * The delivery as the edge writes it after it has verified the signature.
   *
   * @param sequence identifies the delivery
   */
  public Delivery delivery(long sequence) {
    return Delivery.newBuilder()
        .setDeliveryId(new UUID(arrivedMs << 16 | 0x7000, sequence | Long.MIN_VALUE).toString())
        .setSource(sourceName())
        .setReceivedAt(Instant.ofEpochMilli(arrivedMs))
        .setMethod("POST")
        .setUrl("http://127.0.0.1/in/" + sourceName())
        .setHeaders(
            Map.of(
                "content-type", List.of("application/json"),
                "host", List.of("127.0.0.1"),
                "x-webhook-signature", List.of("***")))
        .setBody(ByteBuffer.wrap(body().getBytes(StandardCharsets.UTF_8)))
        .setRemoteAddress("127.0.0.1")
        .setAssurance("BODY_SIGNED")
        .setSecret("file:" + BenchSources.SECRET_FILE)
        .build();
  }
}
