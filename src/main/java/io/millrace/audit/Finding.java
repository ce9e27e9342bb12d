package io.millrace.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An error, or something worth a note.
 *
 * @param source of the delivery or event; empty where nothing can be read
 * @param hour start of the hour the delivery arrived in, UTC
 * @param event what it is about, such as {@code lead.created of lead/L-1, event E-1}
 * @param deliveryId of the delivery the event came in
 * @param places the positions of the affected records, the delivery first
 * @param text what is wrong, a sentence
 */
public record Finding(
    Kind kind,
    Optional<String> source,
    Optional<Instant> hour,
    Optional<EventName> event,
    Optional<String> deliveryId,
    List<Place> places,
    String text) {
  public Finding {
    places = List.copyOf(places);
  }

  /** The name of an event, as far as it can be read. */
  public record EventName(String eventId, String eventType, String record) {
    @Override
    public String toString() {
      return "%s of %s, event %s".formatted(eventType, record, eventId);
    }
  }

  /** The kinds of findings. The names are also headings of the document on the audit. */
  public enum Kind {
    MISSING(
        true,
        "has no outcome: it was removed, or never written. Its delivery still contains it; find out"
            + " who deleted records, or whether a topic's retention is too short."),
    DOUBLED(
        true,
        "has two outcomes. One of them was written by hand, or a flow ran without"
            + " transactions; readers that count both are off by one."),
    DELIVERED_TWICE(
        true,
        "was admitted twice within its source's dedupe window. Check whether the flow's state was"
            + " lost or reset, or the window was extended."),
    SWALLOWED(
        true,
        "was dropped as the duplicate of an event that was never admitted with that id. Its"
            + " content is still in the delivery."),
    OUT_OF_NOWHERE(
        true,
        "names a delivery, or a part of one, that does not exist. It was written by hand, or the"
            + " delivery was deleted."),
    DIFFERS(
        true, "is not the event in its delivery. It was altered, or written under a wrong key."),
    FOREIGN(
        true,
        "is not a record of Millrace. Only Millrace may write to this topic; find out what else does."),
    READS_DIFFERENTLY(
        false,
        "differs from what its delivery is normalized to today. That is expected after a mapping was"
            + " changed; otherwise the record was altered."),
    SPLITS_DIFFERENTLY(
        false,
        "came in a delivery that yields no event today: its source is not connected, or its"
            + " mapping was changed. It was counted as it is.");

    private final boolean wrong;
    private final String meaning;

    Kind(boolean wrong, String meaning) {
      this.wrong = wrong;
      this.meaning = meaning;
    }

    /** Whether it is an error; otherwise it is only reported. */
    public boolean isWrong() {
      return wrong;
    }

    /** What it means and what to do; continues a sentence that begins with an event or record. */
    public String meaning() {
      return meaning;
    }
  }
}
