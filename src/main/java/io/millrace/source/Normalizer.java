package io.millrace.source;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.millrace.event.Delivery;
import io.millrace.event.Lineage;
import io.millrace.event.ReplayedPart;
import io.millrace.rule.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a delivery into canonical events: splits it, gives every part an identity, maps its fields
 * and checks it. Pure: the same delivery always gives the same events. What cannot be made an event
 * is returned with its original bytes and the reason, and never spoils the rest of its batch.
 */
public final class Normalizer {
  /** The largest element that becomes an event, in bytes. */
  public static final int MAX_EVENT_BYTES = 1024 * 1024;

  /** The longest id, key or type, in characters: they end up in keys of topics and stores. */
  static final int MAX_NAME = 512;

  private static final int WHOLE = -1;

  private Normalizer() {}

  /**
   * Takes a delivery of a source apart.
   *
   * @param table what the fields of its events are meant to hold
   * @param partition partition of deliveries-received that holds the delivery
   * @param offset its offset there
   * @return one entry per part, in the order of the body; exactly one, with index -1, when the
   *     delivery as a whole cannot be read or holds nothing; only the part that is meant when a
   *     dead letter is replayed
   */
  public static List<Normalized> normalize(
      Source source, FieldRules table, Delivery delivery, int partition, long offset) {
    return normalize(source, EventTables.of(source, table), delivery, partition, offset);
  }

  private static List<Normalized> normalize(
      Source source, EventTables tables, Delivery delivery, int partition, long offset) {
    List<Normalized> results = normalize(tables, delivery, partition, offset);
    return source.staging()
        ? results.stream().map(new Staging(source.name())::apart).toList()
        : results;
  }

  /** The same without a table of fields, see {@link #normalize(Sources, Delivery, int, long)}. */
  public static List<Normalized> normalize(
      Source source, Delivery delivery, int partition, long offset) {
    return normalize(source, FieldRules.none(), delivery, partition, offset);
  }

  /**
   * Takes a delivery apart by the source it names. One that is no longer connected is set aside as
   * a whole: it was verified when it came, and can be replayed once its file is back.
   */
  public static List<Normalized> normalize(
      Sources sources, FieldRules table, Delivery delivery, int partition, long offset) {
    return sources
        .find(delivery.getSource())
        .map(
            source -> normalize(source, sources.tables(source, table), delivery, partition, offset))
        .orElseGet(() -> List.of(unknownSource(delivery, partition, offset)));
  }

  /**
   * The same without a table of fields: for whoever wants to know which parts a delivery has and
   * what they are called, which no table changes.
   */
  public static List<Normalized> normalize(
      Sources sources, Delivery delivery, int partition, long offset) {
    return normalize(sources, FieldRules.none(), delivery, partition, offset);
  }

  private static Normalized unknownSource(Delivery delivery, int partition, long offset) {
    EventTables tables =
        EventTables.of(
            delivery.getSource(),
            EventExtraction.of(MissingNode.getInstance()),
            Mapping.none(),
            FieldRules.none(),
            false);
    EventMaker maker = new EventMaker(tables, delivery, whole(delivery, partition, offset));
    RefusedException refusal =
        new RefusedException(
            Reason.UNKNOWN_SOURCE,
            "The source %s is not connected: put its file back into topology/sources and replay."
                .formatted(delivery.getSource()));
    return new Normalized.Refused(maker.deadLetter(refusal));
  }

  static List<Normalized> normalize(
      EventTables tables, Delivery delivery, int partition, long offset) {
    Lineage whole = whole(delivery, partition, offset);
    EventMaker maker = new EventMaker(tables, delivery, whole);
    List<Element> elements;
    try {
      elements = meant(Splitter.split(tables.extraction(), delivery), whole.getIndex());
    } catch (RefusedException refusal) {
      return List.of(new Normalized.Refused(maker.deadLetter(refusal)));
    }
    List<Normalized> results = new ArrayList<>(elements.size());
    for (Element element : elements) {
      results.add(normalized(maker, element));
    }
    return List.copyOf(results);
  }

  /**
   * A part that is replayed keeps its name, even if this time the whole delivery cannot be read.
   */
  private static Lineage whole(Delivery delivery, int partition, long offset) {
    int index = delivery.getReplayedPart().map(ReplayedPart::getIndex).orElse(WHOLE);
    return new Lineage(delivery.getDeliveryId(), partition, offset, index);
  }

  private static List<Element> meant(List<Element> elements, int index) throws RefusedException {
    if (index == WHOLE) {
      return elements;
    }
    if (index >= elements.size()) {
      throw new RefusedException(
          Reason.UNREADABLE_BODY,
          "Part %d is to be replayed, but the delivery now falls into %d parts (from 0)."
              .formatted(index, elements.size()));
    }
    return List.of(elements.get(index));
  }

  private static Normalized normalized(EventMaker maker, Element element) {
    try {
      return new Normalized.Event(maker.event(element));
    } catch (RefusedException refusal) {
      return new Normalized.Refused(maker.deadLetter(element, refusal), refusal.problems());
    }
  }
}
