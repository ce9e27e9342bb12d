package io.millrace.normalize;

import io.millrace.event.Delivery;
import io.millrace.event.Lineage;
import io.millrace.event.ReplayedPart;
import io.millrace.model.Reason;
import io.millrace.normalize.field.FieldRules;
import io.millrace.normalize.mapping.EventExtraction;
import io.millrace.normalize.mapping.Mapping;
import io.millrace.normalize.mapping.RefusedException;
import io.millrace.source.Source;
import io.millrace.source.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns a delivery into canonical events: splits it, gives every part an identity, maps its fields
 * and checks it. Pure: the same delivery always gives the same events. What cannot be made an event
 * is returned with its original bytes and the reason, and never spoils the rest of its batch.
 */
public final class Normalizer {
  /** The largest element that becomes an event, in bytes. */
  public static final int MAX_EVENT_BYTES = 1024 * 1024;

  private static final int WHOLE = -1;

  private final FieldRules rules;
  private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();

  private record Compiled(Source source, EventTables tables) {}

  /**
   * For many deliveries: what a source says is compiled once, and again when its file has changed.
   *
   * @param rules what the fields of events are meant to hold
   */
  public Normalizer(FieldRules rules) {
    this.rules = rules;
  }

  /**
   * Takes a delivery apart by the source it names. One that is no longer connected is set aside as
   * a whole: it was verified when it came, and can be replayed once its file is back.
   *
   * @param partition partition of deliveries-received that holds the delivery
   * @param offset its offset there
   * @return as {@link #normalize(Source, FieldRules, Delivery, int, long)}
   */
  public List<Normalized> normalize(
      Sources sources, Delivery delivery, int partition, long offset) {
    return sources
        .find(delivery.getSource())
        .map(source -> normalize(source, compiled(source), delivery, partition, offset))
        .orElseGet(() -> List.of(unknownSource(delivery, partition, offset)));
  }

  // Whether it is the one that was read last, which is asked for every delivery.
  @SuppressWarnings("ReferenceEquality")
  private EventTables compiled(Source source) {
    Compiled known = compiled.get(source.name());
    if (known == null || known.source() != source) {
      known = new Compiled(source, EventTables.of(source, rules));
      compiled.put(source.name(), known);
    }
    return known.tables();
  }

  /**
   * Takes one delivery of a source apart.
   *
   * @param rules what the fields of its events are meant to hold
   * @param partition partition of deliveries-received that holds the delivery
   * @param offset its offset there
   * @return one entry per part, in the order of the body; exactly one, with index -1, when the
   *     delivery as a whole cannot be read or holds nothing; only the part that is meant when a
   *     dead letter is replayed
   */
  public static List<Normalized> normalize(
      Source source, FieldRules rules, Delivery delivery, int partition, long offset) {
    return normalize(source, EventTables.of(source, rules), delivery, partition, offset);
  }

  private static List<Normalized> normalize(
      Source source, EventTables tables, Delivery delivery, int partition, long offset) {
    List<Normalized> results = normalize(tables, delivery, partition, offset);
    return source.staging()
        ? results.stream().map(new Staging(source.name())::apart).toList()
        : results;
  }

  private static Normalized unknownSource(Delivery delivery, int partition, long offset) {
    EventTables tables =
        EventTables.of(
            delivery.getSource(),
            EventExtraction.usual(),
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

  public static List<Normalized> normalize(
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
