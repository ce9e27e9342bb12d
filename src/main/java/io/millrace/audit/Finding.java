package io.millrace.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that must not be, or that is worth knowing.
 *
 * @param source of the delivery or event; empty where nothing can be read
 * @param hour start of the hour the delivery arrived in, UTC
 * @param event what it is about, such as {@code lead.created of lead/L-1, event E-1}
 * @param deliveryId of the delivery the event came in
 * @param places where the records concerned stand, the delivery first
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

  /** What can be found. The names are also headings of the document on the audit. */
  public enum Kind {
    MISSING(
        true,
        "has no outcome: it was removed, or never written. Its delivery still holds it; find out"
            + " who deleted records, or whether a topic keeps them for a shorter time."),
    DOUBLED(
        true,
        "has two outcomes. Somebody wrote one of them by hand, or a flow ran without"
            + " transactions; readers that count it twice are off by one."),
    DELIVERED_TWICE(
        true,
        "was admitted twice within the window of its source. Was state of the flow lost or reset,"
            + " or the window made longer?"),
    SWALLOWED(
        true,
        "was dropped as the duplicate of an event that was never admitted under that name. Its"
            + " content is in the delivery."),
    OUT_OF_NOWHERE(
        true,
        "names a delivery, or a part of one, that is not there. Somebody wrote it by hand, or"
            + " deleted the delivery."),
    DIFFERS(
        true, "is not the event its delivery holds. It was altered, or filed under a wrong key."),
    FOREIGN(
        true,
        "is no record of Millrace. Only Millrace writes to this topic; find out who else does."),
    READS_DIFFERENTLY(
        false,
        "says something else than its delivery is read as today. That is so after a mapping was"
            + " changed; if none was, the record was altered."),
    SPLITS_DIFFERENTLY(
        false,
        "came in a delivery that reads as no event today: its source is not connected now, or its"
            + " mapping was changed. What is there was counted as it is.");

    private final boolean wrong;
    private final String meaning;

    Kind(boolean wrong, String meaning) {
      this.wrong = wrong;
      this.meaning = meaning;
    }

    /** Whether it must not be; if not, it is told and the balance stands. */
    public boolean isWrong() {
      return wrong;
    }

    /** What it means and what to do; follows the name of an event or record. */
    public String meaning() {
      return meaning;
    }
  }
}
