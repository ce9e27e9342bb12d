package io.millrace.normalize.testing;

import io.millrace.event.Attempt;
import io.millrace.event.DeadLetter;
import io.millrace.event.Delivery;
import io.millrace.event.Event;
import io.millrace.event.ReplayedPart;
import io.millrace.model.Reason;
import io.millrace.normalize.EventMaker;
import io.millrace.normalize.EventTables;
import io.millrace.normalize.Normalized;
import io.millrace.normalize.Normalizer;
import io.millrace.normalize.field.FieldRules;
import io.millrace.normalize.mapping.EventExtraction;
import io.millrace.normalize.mapping.Mapping;
import io.millrace.provider.Catalogue;
import io.millrace.yaml.YamlFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A delivery of a provider in the making, and what the normalizer makes of it. */
public final class Inbound {
  public static final Instant RECEIVED_AT = Instant.parse("2026-03-01T10:00:00.123Z");
  public static final String DELIVERY_ID = "0195-delivery";
  public static final int PARTITION = 3;
  public static final long OFFSET = 4711;
  public static final Instant REPLAYED_AT = Instant.parse("2026-03-02T08:00:00Z");
  public static final List<Attempt> FAILED_BEFORE =
      List.of(
          new Attempt(
              RECEIVED_AT,
              EventMaker.STAGE,
              Reason.UNREADABLE_BODY.name(),
              "It could not be read."));

  private final EventExtraction extraction;
  private final Map<String, List<String>> headers = new HashMap<>();
  private Mapping mapping = Mapping.none();
  private FieldRules table = FieldRules.none();
  private Instant receivedAt = RECEIVED_AT;
  private int replay;
  private Optional<ReplayedPart> replayedPart = Optional.empty();

  private Inbound(EventExtraction extraction) {
    this.extraction = extraction;
  }

  public static Inbound of(String provider) {
    return of(extraction(provider));
  }

  public static Inbound of(EventExtraction extraction) {
    return new Inbound(extraction);
  }

  public static Inbound reading(String events) {
    return new Inbound(YamlFile.read("events.yaml", events, EventExtraction::read));
  }

  public static EventExtraction extraction(String provider) {
    return Catalogue.bundled().find(provider).orElseThrow().events();
  }

  public static Mapping mapping(String yaml) {
    return YamlFile.read("mapping.yaml", yaml, Mapping::read);
  }

  public Inbound header(String name, String value) {
    headers.put(name.toLowerCase(Locale.ROOT), List.of(value));
    return this;
  }

  public Inbound mappedBy(String yaml) {
    mapping = mapping(yaml);
    return this;
  }

  public Inbound checkedBy(FieldRules rules) {
    table = rules;
    return this;
  }

  public Inbound receivedAt(Instant instant) {
    receivedAt = instant;
    return this;
  }

  public Inbound replayed(int times) {
    replay = times;
    return this;
  }

  /** The first replay of one part, or of all with -1. */
  public Inbound replaying(int part) {
    replay = 1;
    replayedPart = Optional.of(new ReplayedPart(REPLAYED_AT, part, FAILED_BEFORE));
    return this;
  }

  public List<Normalized> normalized(byte[] body) {
    Delivery delivery =
        Delivery.newBuilder()
            .setDeliveryId(DELIVERY_ID)
            .setSource("tested")
            .setReceivedAt(receivedAt)
            .setMethod("POST")
            .setUrl("https://hooks.example.com/in/tested")
            .setHeaders(headers)
            .setBody(ByteBuffer.wrap(body))
            .setRemoteAddress("192.0.2.1")
            .setAssurance("BODY_SIGNED")
            .setReplay(replay)
            .setReplayedPart(replayedPart.orElse(null))
            .build();
    return Normalizer.normalize(
        EventTables.of("tested", extraction, mapping, TestIds.rules(table)),
        delivery,
        PARTITION,
        OFFSET);
  }

  public List<Normalized> normalized(String body) {
    return normalized(body.getBytes(StandardCharsets.UTF_8));
  }

  public List<Event> events(String body) {
    return normalized(body).stream().map(Inbound::event).toList();
  }

  public Event event(String body) {
    List<Event> events = events(body);
    if (events.size() != 1) {
      throw new AssertionError("Not one event: " + events);
    }
    return events.get(0);
  }

  public DeadLetter refused(String body) {
    return refused(body.getBytes(StandardCharsets.UTF_8));
  }

  public DeadLetter refused(byte[] body) {
    List<Normalized> results = normalized(body);
    if (results.size() != 1) {
      throw new AssertionError("Not one result: " + results);
    }
    return refused(results.get(0));
  }

  public static Event event(Normalized result) {
    if (result instanceof Normalized.Event found) {
      return found.event();
    }
    throw new AssertionError("Refused: " + result);
  }

  public static DeadLetter refused(Normalized result) {
    if (result instanceof Normalized.Refused found) {
      return found.deadLetter();
    }
    throw new AssertionError("Not refused: " + result);
  }

  public static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }
}
