package io.millrace.normalize;

import io.millrace.event.Delivery;
import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.event.ReplayedPart;
import io.millrace.model.Reason;
import io.millrace.normalize.mapping.EventExtraction;
import io.millrace.normalize.mapping.Mapping;
import io.millrace.normalize.mapping.RefusedException;
import io.millrace.normalize.mapping.Scope;
import io.millrace.source.Source;
import io.millrace.source.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns a delivery into canonical events: splits it, gives every part an identity, maps its fields
 * and checks it. Pure: the same delivery always gives the same events. A part that is not a valid
 * event is returned with its original bytes and the reason, and does not affect the rest of its
 * batch.
 */
public final class Normalizer {
  /** The largest element that becomes an event, in bytes. */
  public static final int MAX_EVENT_BYTES = 1024 * 1024;

  private static final int WHOLE = -1;

  private final NormalizeRules rules;
  private final Map<String, Compiled> compiled = new ConcurrentHashMap<>();

  private record Compiled(Source source, EventTables tables) {}

  /** For many deliveries: a source's rules are compiled once, and again when its file changes. */
  public Normalizer(NormalizeRules rules) {
    this.rules = rules;
  }

  /**
   * Normalizes a delivery with the source it names. If that source is no longer connected, the
   * whole delivery becomes a dead letter: it was verified on arrival, and can be replayed once the
   * source's file is restored.
   *
   * @param partition partition of deliveries-received that holds the delivery
   * @param offset its offset there
   * @return as {@link #normalize(Source, NormalizeRules, Delivery, int, long)}
   */
  public List<Normalized> normalize(
      Sources sources, Delivery delivery, int partition, long offset) {
    return sources
        .find(delivery.getSource())
        .map(source -> normalize(source, compiled(source), delivery, partition, offset))
        .orElseGet(() -> List.of(unknownSource(rules, delivery, partition, offset)));
  }

  // Compares by identity, because this runs for every delivery.
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
   * Normalizes one delivery of a source.
   *
   * @param partition partition of deliveries-received that holds the delivery
   * @param offset its offset there
   * @return one entry per part, in the order of the body; exactly one, with index -1, when the
   *     delivery as a whole cannot be read or is empty; only the replayed part when a dead letter
   *     is replayed
   */
  public static List<Normalized> normalize(
      Source source, NormalizeRules rules, Delivery delivery, int partition, long offset) {
    return normalize(source, EventTables.of(source, rules), delivery, partition, offset);
  }

  private static List<Normalized> normalize(
      Source source, EventTables tables, Delivery delivery, int partition, long offset) {
    List<Normalized> results = normalize(tables, delivery, partition, offset);
    return source.staging() ? results.stream().map(Staging::tagged).toList() : results;
  }

  private static Normalized unknownSource(
      NormalizeRules rules, Delivery delivery, int partition, long offset) {
    EventTables tables =
        EventTables.of(delivery.getSource(), EventExtraction.usual(), Mapping.none(), rules);
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
    EventExtraction extraction = tables.extraction();
    List<Element> elements;
    try {
      Document document = Document.of(extraction, delivery);
      try {
        elements = Splitter.split(extraction, document, delivery.getHeaders());
      } catch (RefusedException refusal) {
        Scope body = Scope.of(document.root(), document.root(), 0, delivery.getHeaders());
        Optional<String> nothing = nothing(extraction, refusal, body);
        if (nothing.isEmpty()) {
          throw refusal;
        }
        return List.of(new Normalized.Nothing(nothing.get(), whole));
      }
      elements = selected(elements, whole.getIndex());
    } catch (RefusedException refusal) {
      return List.of(new Normalized.Refused(maker.deadLetter(refusal)));
    }
    List<Normalized> results = new ArrayList<>(elements.size());
    Sightings sightings = new Sightings(tables.identification().rules());
    for (Element element : elements) {
      results.add(normalized(maker, sightings, element));
    }
    return List.copyOf(results);
  }

  /** Only what has no element at all is tried as a whole; a batch that is too large is not. */
  private static Optional<String> nothing(
      EventExtraction extraction, RefusedException refusal, Scope body) {
    return refusal.reason() == Reason.EMPTY_DELIVERY ? extraction.nothing(body) : Optional.empty();
  }

  /** A replayed part keeps its index, even if the whole delivery cannot be read this time. */
  private static Lineage whole(Delivery delivery, int partition, long offset) {
    int index = delivery.getReplayedPart().map(ReplayedPart::getIndex).orElse(WHOLE);
    return new Lineage(delivery.getDeliveryId(), partition, offset, index);
  }

  private static List<Element> selected(List<Element> elements, int index) throws RefusedException {
    if (index == WHOLE) {
      return elements;
    }
    if (index >= elements.size()) {
      throw new RefusedException(
          Reason.UNREADABLE_BODY,
          "Part %d is to be replayed, but the delivery now has %d parts (numbered from 0)."
              .formatted(index, elements.size()));
    }
    return List.of(elements.get(index));
  }

  private static Normalized normalized(EventMaker maker, Sightings sightings, Element element) {
    Optional<Normalized> nothing = maker.nothing(element);
    if (nothing.isPresent()) {
      return nothing.get();
    }
    try {
      Event event = maker.event(element);
      return new Normalized.Event(event, sightings.of(event));
    } catch (RefusedException refusal) {
      return new Normalized.Refused(maker.deadLetter(element, refusal), refusal.problems());
    }
  }
}
