package io.millrace.erasure;

import io.millrace.kafka.provision.TopicSetting;
import io.millrace.kafka.provision.TopicSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of a person's data, place by place.
 *
 * @param person the person's id, which is opaque
 * @param erasureId the erasure, as in the topics
 * @param at when it was ordered
 */
public record ErasureCertificate(
    String person, String erasureId, Instant at, boolean isComplete, List<Place> places) {
  public ErasureCertificate {
    places = List.copyOf(places);
  }

  /** What is true of a place. */
  public enum Fate {
    /** Nothing is left that a reader could see. */
    GONE,
    /** It goes by itself, by a date. */
    EXPIRES,
    /** It stays, for a reason. */
    KEPT,
    /** Somebody has to do something. */
    TO_DO,
    /** It had not happened when the command stopped waiting. */
    UNDER_WAY
  }

  /**
   * A place.
   *
   * @param until when the last of it is gone by itself
   * @param text what happened, or why it stays, or what to do
   */
  public record Place(String name, Fate fate, Optional<Instant> until, String text) {
    static Place of(String name, Fate fate, String text) {
      return new Place(name, fate, Optional.empty(), text);
    }
  }

  /** The topics whose rows of the person the erasure removes, or that hold the reason. */
  private static final List<String> DECISIONS =
      List.of("erasures", "identity-decisions", "identity-assignments");

  /**
   * The places within Kafka.
   *
   * @param removed topics in which no row of the person is visible any more
   * @param waited topics in which one was still visible
   */
  public static List<Place> ofTopics(
      TopicSettings topics, Instant at, List<String> removed, List<String> waited) {
    List<Place> places = new ArrayList<>();
    for (TopicSetting topic : topics.all()) {
      Instant until = at.plus(topic.longestKept());
      if (waited.contains(topic.name())) {
        places.add(
            Place.of(
                topic.name(),
                Fate.UNDER_WAY,
                "a row was still visible: check that every role is running, and run the command"
                    + " again"));
      } else if (removed.contains(topic.name())) {
        places.add(
            new Place(
                topic.name(),
                Fate.GONE,
                Optional.of(until),
                "no row is visible; Kafka removes earlier values by this date"));
      } else if (DECISIONS.contains(topic.name())) {
        places.add(
            Place.of(
                topic.name(),
                Fate.KEPT,
                "opaque ids and the decision: without them the person would come back"));
      } else if (!topic.isCompacted()) {
        places.add(
            new Place(topic.name(), Fate.EXPIRES, Optional.of(until), "expires with its topic"));
      }
    }
    return places;
  }

  /** The places around Kafka that no command can reach from here. */
  public static List<Place> ofSurroundings(Instant at, Duration changelogs, Duration eventIds) {
    return List.of(
        new Place(
            "state of the flow",
            Fate.GONE,
            Optional.of(at.plus(changelogs)),
            "removed from the stores; Kafka removes earlier values from their changelogs by this"
                + " date"),
        new Place(
            "ids of events",
            Fate.EXPIRES,
            Optional.of(at.plus(eventIds)),
            "remembered to recognise copies: the names of sources, events and records"),
        Place.of(
            "dead letters",
            Fate.TO_DO,
            "nobody can tell whom the bytes of a delivery that failed are about: they expire with"
                + " dead-letters; do not replay those that name the person"),
        Place.of(
            "inspector",
            Fate.TO_DO,
            "each edge keeps its last requests in memory: restart the edges, or wait until newer"
                + " requests have replaced them"),
        Place.of(
            "spool",
            Fate.TO_DO,
            "deliveries on the disk of an edge reach the flow within seven days and are suppressed"
                + " there; their files are removed then"),
        Place.of(
            "captures",
            Fate.TO_DO,
            "files written by deliveries capture have personal data replaced; delete those written"
                + " with the original values"),
        Place.of(
            "connect-dead-letters",
            Fate.TO_DO,
            "rows that Kafka Connect could not write are kept as long as that topic keeps them"),
        Place.of(
            "senders and CRM",
            Fate.TO_DO,
            "erase the person in the systems that send events, too; they suppress nothing here"),
        Place.of("backups", Fate.TO_DO, "restored topics and tables need this command again"));
  }
}
