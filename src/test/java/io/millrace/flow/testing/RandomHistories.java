package io.millrace.flow.testing;

import static java.util.stream.Collectors.joining;

import io.millrace.event.Event;
import io.millrace.flow.naive.DocumentedRecords.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Histories of a few leads and contacts of which anything may happen to any, in any order. */
public final class RandomHistories {
  private static final long NOON = RecordsFlow.START.toEpochMilli() - 3_600_000;
  private static final List<String> IDS =
      List.of("L-1", "l-1", " L-1", "Ü 1", "a/b", "17", "Zoë Ä");
  private static final List<String> SOURCES = List.of("crm", "crm-x", "billing", "crm2");
  private static final List<String> FIELDS = List.of("status", "owner", "plan");
  private static final List<String> VALUES =
      List.of("a", "b", "c", "d", "[1]", "{}", "", "x".repeat(255), "y".repeat(256));

  private final Random random;
  private final int records;
  private final int instants;
  private final int sources;
  private final int values;
  private final int mergeShare;
  private final boolean twoTypes;
  private final boolean slow;
  private final boolean sharedIds;

  /** An event arrives, then nothing for a while. */
  public record Sent(TestEvent event, Duration pause) {}

  private RandomHistories(Random random) {
    this.random = random;
    records = 1 + random.nextInt(IDS.size());
    instants = List.of(1, 2, 4, 10, 40).get(random.nextInt(5));
    sources = 1 + random.nextInt(SOURCES.size());
    values = 2 + random.nextInt(VALUES.size() - 1);
    mergeShare = List.of(0, 2, 4, 8).get(random.nextInt(4));
    twoTypes = random.nextInt(4) == 0;
    slow = random.nextInt(4) == 0;
    sharedIds = !slow && random.nextInt(4) == 0;
  }

  /** A history in some order of arrival, some of it more than once. */
  public static List<Sent> arrivals(Random random) {
    RandomHistories histories = new RandomHistories(random);
    List<TestEvent> events = new ArrayList<>();
    for (int i = 2 + random.nextInt(random.nextInt(8) == 0 ? 60 : 24); i > 0; i--) {
      events.add(histories.event(i));
    }
    if (random.nextBoolean()) {
      Collections.shuffle(events, random);
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      events.add(events.get(random.nextInt(events.size())));
    }
    return events.stream().map(event -> new Sent(event, histories.pause())).toList();
  }

  private Duration pause() {
    if (slow && random.nextInt(5) == 0) {
      return Duration.ofHours(random.nextInt(24));
    }
    return switch (random.nextInt(10)) {
      case 0 -> Duration.ofMinutes(random.nextInt(8));
      case 1, 2 -> Duration.ofMillis(random.nextInt(4_000));
      default -> Duration.ofMillis(random.nextInt(100));
    };
  }

  private TestEvent event(int number) {
    String type = twoTypes && random.nextBoolean() ? "contact" : "lead";
    String record = type + "/" + id();
    int kind = random.nextInt(16);
    TestEvent event;
    if (kind < mergeShare) {
      event = TestEvent.of(type + ".merged", record);
      merge(event);
    } else {
      event = TestEvent.of(name(type), record);
      if (random.nextInt(8) == 0) {
        event.data("merged_ids", id());
      }
    }
    event.id("e" + (sharedIds ? random.nextInt(3) : number));
    event.at(NOON + random.nextInt(instants) * 1_000L).source(any(SOURCES.subList(0, sources)));
    if (random.nextInt(4) == 0) {
      event.sequence(random.nextInt(4) - 1);
    }
    for (String field : FIELDS) {
      if (random.nextInt(3) > 0) {
        event.data(field, value());
        if (random.nextInt(3) > 0) {
          event.previous(field, value());
        }
      }
    }
    return event;
  }

  private String name(String type) {
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> type + ".created";
      case 3 -> type + ".restored";
      case 4, 5, 6 -> type + ".deleted";
      case 7 -> "note.deleted";
      case 8 -> "note.created";
      case 9 -> any(List.of("deal.restored", "deal.merged"));
      default -> type + ".updated";
    };
  }

  private void merge(TestEvent event) {
    switch (random.nextInt(8)) {
      case 0 -> event.data("merged_into", id());
      case 5 -> event.data("merged_into", id()).data(any(List.of("merged_id", "merged_ids")), id());
      case 1 -> event.data("merged_id", id());
      case 2 -> event.data("merged_ids", "[\"%s\",\"%s\"]".formatted(id(), id()));
      case 3 -> event.data("merged_ids", "[\"%s\", 17]".formatted(id())).data("merged_id", id());
      case 4 -> {
        if (random.nextBoolean()) {
          event.data("merged_ids", any(Arrays.asList("[]", null))).data("merged_into", null);
        }
      }
      default -> event.data("merged_ids", id());
    }
  }

  private String id() {
    return any(IDS.subList(0, records));
  }

  private @Nullable String value() {
    return random.nextInt(10) == 0 ? null : any(VALUES.subList(0, values));
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** What was sent, one event a line. */
  public static String story(List<Sent> arrivals) {
    return arrivals.stream()
        .map(
            arrival -> {
              Event event = arrival.event().build();
              return "%s %s at %d %s/%s #%s %s from %s then %s"
                  .formatted(
                      event.getRecord().getId(),
                      event.getEventType(),
                      event.getOccurredAt().toEpochMilli() - NOON,
                      event.getSource(),
                      event.getEventId(),
                      event.getMetadata().getSequence(),
                      event.getData(),
                      event.getPrevious(),
                      arrival.pause());
            })
        .collect(joining("\n"))
        .replaceAll("x{255}", "x...")
        .replaceAll("y{256}", "y...");
  }

  /** What a row of any record type shows. */
  public static Row row(String key, SpecificRecord value) {
    SortedMap<String, String> fields = new TreeMap<>();
    List<String> sources = new ArrayList<>();
    Optional<Long> createdAt = Optional.empty();
    long updatedAt = 0;
    for (Schema.Field field : value.getSchema().getFields()) {
      Object content = value.get(field.pos());
      switch (field.name()) {
        case "id" -> {
          if (!key.equals(content)) {
            throw new AssertionError("row " + key + " has the id " + content);
          }
        }
        case "fields" ->
            ((Map<?, ?>) content)
                .forEach(
                    (name, text) -> {
                      if (text != null) {
                        fields.put(name.toString(), text.toString());
                      }
                    });
        case "sources" ->
            ((Collection<?>) content).forEach(source -> sources.add(source.toString()));
        case "created_at" ->
            createdAt = Optional.ofNullable((Instant) content).map(Instant::toEpochMilli);
        case "updated_at" -> updatedAt = ((Instant) content).toEpochMilli();
        default -> {
          if (content != null) {
            fields.put(field.name(), content.toString());
          }
        }
      }
    }
    return new Row(fields, sources, createdAt, updatedAt);
  }
}
