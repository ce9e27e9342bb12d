package io.millrace.flow.record;

import io.millrace.event.Event;
import io.millrace.event.RecordMerged;
import io.millrace.event.RecordRef;
import io.millrace.model.EventOrder;
import io.millrace.model.EventSize;
import io.millrace.model.MergedIds;
import io.millrace.model.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The merges that an event names. {@code X.merged} is an event of the survivor, which names the
 * other records in {@code merged_ids}, a JSON list or one id as plain text, and in {@code
 * merged_id}; if a sender reports it for the record that ends, {@code merged_into} names the
 * survivor.
 */
public final class MergedRecords {
  /** The most records that one event can merge; CRMs merge two or three at a time. */
  public static final int MOST_AT_ONCE = 250;

  /** Fields of a merge that are not fields of the record itself. */
  static final Set<String> FIELDS = Set.of(MergedIds.LIST, MergedIds.ONE, MergedIds.INTO);

  private MergedRecords() {}

  /** The result of reading an event's merges. */
  public sealed interface Parsed {
    /** The merges, one for each record that ends; none for most events. */
    record Merges(List<RecordMerged> all) implements Parsed {
      public Merges {
        all = List.copyOf(all);
      }
    }

    /** The merges are unreadable, or too many. */
    record Refused(Reason reason, String error) implements Parsed {}
  }

  /** Reads the merges that an event names. A record merged into itself is ignored. */
  public static Parsed of(Event event) {
    if (!EventOrder.isMerge(event)) {
      return new Parsed.Merges(List.of());
    }
    Set<String> ended = new TreeSet<>();
    try {
      ended.addAll(ids(event));
    } catch (IOException unreadable) {
      return new Parsed.Refused(
          Reason.INVALID_FIELD,
          "merged_ids is neither an id nor a JSON list of ids; it begins with "
              + one(event, MergedIds.LIST).map(MergedRecords::start).orElse(""));
    }
    one(event, MergedIds.ONE).ifPresent(ended::add);
    if (ended.size() > MOST_AT_ONCE) {
      return new Parsed.Refused(
          Reason.EVENT_TOO_LARGE,
          "It merges %d records; at most %d can be merged at once."
              .formatted(ended.size(), MOST_AT_ONCE));
    }
    return Stream.concat(ended.stream(), one(event, MergedIds.INTO).stream())
        .filter(id -> id.length() > EventSize.MAX_NAME)
        .findFirst()
        .<Parsed>map(MergedRecords::tooLong)
        .orElseGet(() -> new Parsed.Merges(merges(event, ended)));
  }

  /** The same limit as for the ids of records: no record can have a longer one. */
  private static Parsed.Refused tooLong(String id) {
    return new Parsed.Refused(
        Reason.INVALID_FIELD,
        "The id of a merged record has %d characters; at most %d are accepted. It begins with %s"
            .formatted(id.length(), EventSize.MAX_NAME, start(id)));
  }

  private static List<RecordMerged> merges(Event event, Set<String> ended) {
    String own = event.getRecord().getId();
    List<RecordMerged> merges = new ArrayList<>();
    for (String id : ended) {
      if (!id.equals(own)) {
        merges.add(merge(event, id, own));
      }
    }
    one(event, MergedIds.INTO)
        .filter(survivor -> !survivor.equals(own))
        .ifPresent(survivor -> merges.add(merge(event, own, survivor)));
    return merges;
  }

  private static RecordMerged merge(Event event, String ended, String survivor) {
    return RecordMerged.newBuilder()
        .setRecord(new RecordRef(event.getRecord().getType(), ended))
        .setSurvivor(survivor)
        .setStamp(EventOrder.stamp(event))
        .setSource(event.getSource())
        .setEventId(event.getEventId())
        .setMergedAt(event.getOccurredAt())
        .build();
  }

  private static List<String> ids(Event event) throws IOException {
    Optional<String> text = one(event, MergedIds.LIST);
    return text.isPresent() && MergedIds.isList(text.get())
        ? MergedIds.inList(text.get())
        : text.stream().toList();
  }

  /** Ids are taken as they are, like those of records: blanks are part of them. */
  private static Optional<String> one(Event event, String field) {
    return Optional.ofNullable(event.getData().get(field)).filter(id -> !id.isBlank());
  }

  private static String start(String text) {
    return text.substring(0, Math.min(text.length(), 40));
  }
}
