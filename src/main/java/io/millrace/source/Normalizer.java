package io.millrace.source;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.millrace.event.Delivery;
import io.millrace.event.Lineage;
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

  private Normalizer() {}

  /**
   * Takes a delivery of a source apart.
   *
   * @param partition partition of deliveries-received that holds the delivery
   * @param offset its offset there
   * @return one entry per part, in the order of the body; exactly one, with index -1, when the
   *     delivery as a whole cannot be read or holds nothing
   */
  public static List<Normalized> normalize(
      Source source, Delivery delivery, int partition, long offset) {
    List<Normalized> results =
        normalize(
            source.name(),
            source.provider().events(),
            source.mapping(),
            source.provider().verification().signsFirstElementOnly(),
            delivery,
            partition,
            offset);
    return source.staging()
        ? results.stream().map(new Staging(source.name())::apart).toList()
        : results;
  }

  /**
   * Takes a delivery apart by the source it names. One that is no longer connected is set aside as
   * a whole: it was verified when it came, and can be replayed once its file is back.
   */
  public static List<Normalized> normalize(
      Sources sources, Delivery delivery, int partition, long offset) {
    return sources
        .find(delivery.getSource())
        .map(source -> normalize(source, delivery, partition, offset))
        .orElseGet(() -> List.of(unknownSource(delivery, partition, offset)));
  }

  private static Normalized unknownSource(Delivery delivery, int partition, long offset) {
    EventMaker maker =
        EventMaker.of(
            delivery.getSource(),
            EventExtraction.of(MissingNode.getInstance()),
            Mapping.none(),
            false,
            delivery,
            new Lineage(delivery.getDeliveryId(), partition, offset, -1));
    RefusedException refusal =
        new RefusedException(
            Reason.UNKNOWN_SOURCE,
            "The source %s is not connected: put its file back into topology/sources and replay."
                .formatted(delivery.getSource()));
    return new Normalized.Refused(maker.deadLetter(refusal));
  }

  static List<Normalized> normalize(
      String source,
      EventExtraction extraction,
      Mapping mapping,
      boolean firstIsSigned,
      Delivery delivery,
      int partition,
      long offset) {
    Lineage whole = new Lineage(delivery.getDeliveryId(), partition, offset, -1);
    EventMaker maker = EventMaker.of(source, extraction, mapping, firstIsSigned, delivery, whole);
    List<Element> elements;
    try {
      elements = Splitter.split(extraction, delivery);
    } catch (RefusedException refusal) {
      return List.of(new Normalized.Refused(maker.deadLetter(refusal)));
    }
    List<Normalized> results = new ArrayList<>(elements.size());
    for (Element element : elements) {
      results.add(normalized(maker, element));
    }
    return List.copyOf(results);
  }

  private static Normalized normalized(EventMaker maker, Element element) {
    try {
      return new Normalized.Event(maker.event(element));
    } catch (RefusedException refusal) {
      return new Normalized.Refused(maker.deadLetter(element, refusal));
    }
  }
}
