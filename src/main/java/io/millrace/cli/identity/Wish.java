package io.millrace.cli.identity;

import io.millrace.event.IdentityDecision;
import io.millrace.event.LinkedIdentifier;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What somebody wants to decide.
 *
 * @param about one identifier, or two that differ
 * @param isInAdvance whether to decide even what is so already
 */
record Wish(Verb verb, List<Found> about, String reason, String by, boolean isInAdvance) {
  Wish {
    about = List.copyOf(about);
  }

  /** As its topic has it: the identifiers sorted by id. */
  IdentityDecision decision(Instant now) {
    List<LinkedIdentifier> ends =
        about.stream()
            .map(Found::end)
            .sorted(Comparator.comparing(LinkedIdentifier::getId))
            .toList();
    return IdentityDecision.newBuilder()
        .setDecision(verb.decision())
        .setFirst(ends.getFirst())
        .setSecond(ends.size() > 1 ? ends.getLast() : null)
        .setReason(reason)
        .setDecidedBy(by)
        .setDecidedAt(now.truncatedTo(ChronoUnit.MILLIS))
        .build();
  }

  boolean isPair() {
    return about.size() > 1;
  }

  /** Whether its identifiers are one person, or one account, now. */
  boolean isOne() {
    return about.stream().map(Found::ownerId).distinct().count() == 1;
  }

  /** Its identifiers, for messages. */
  String inWords() {
    return about.stream().map(Found::inWords).collect(Collectors.joining(" and "));
  }
}
