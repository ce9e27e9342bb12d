package io.millrace.flow;

import io.millrace.event.Identifier;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.IdentityEvidence;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sightings written most recently: most events name people that were named together before, and
 * another sighting adds nothing unless it is earlier evidence, or shows the identifiers on a day
 * beyond those that are known. It may forget; then a sighting is written again, which does no harm.
 */
final class SightingsWritten {
  /** About 5 MB. */
  static final int MOST = 20_000;

  private static final Comparator<IdentityEvidence> EARLIER =
      Comparator.comparing(IdentityEvidence::getOccurredAt)
          .thenComparing(IdentityEvidence::getSource)
          .thenComparing(IdentityEvidence::getEventId);

  private final int most;
  private final Map<String, Written> recent;

  private record Written(IdentityEvidence earliest, LocalDate first, LocalDate last) {}

  SightingsWritten(int most) {
    this.most = most;
    this.recent = new LinkedHashMap<>(16, 0.75f, true);
  }

  /** Whether a sighting has to be written; it counts as written from now on. */
  boolean add(IdentifierSighting sighting) {
    String key =
        Stream.concat(sighting.getIdentifiers().stream(), sighting.getAccounts().stream())
            .map(Identifier::getId)
            .collect(Collectors.joining(" ", sighting.getRelation() + ' ', ""));
    IdentityEvidence evidence = sighting.getEvidence();
    LocalDate day = LocalDate.ofInstant(evidence.getOccurredAt(), ZoneOffset.UTC);
    Written before = recent.get(key);
    if (before == null) {
      recent.put(key, new Written(evidence, day, day));
      if (recent.size() > most) {
        recent.remove(recent.keySet().iterator().next());
      }
      return true;
    }
    boolean isEarlier = EARLIER.compare(evidence, before.earliest()) < 0;
    boolean isKnownDay = !day.isBefore(before.first()) && !day.isAfter(before.last());
    if (!isEarlier && isKnownDay) {
      return false;
    }
    recent.put(
        key,
        new Written(
            isEarlier ? evidence : before.earliest(),
            day.isBefore(before.first()) ? day : before.first(),
            day.isAfter(before.last()) ? day : before.last()));
    return true;
  }

  void clear() {
    recent.clear();
  }
}
