package io.millrace.cli.identity;

import io.millrace.event.IdentityEvidence;
import io.millrace.event.JoinedBy;
import java.util.Optional;

/** In words, what joined an identifier to another one. */
final class LinkWords {
  private LinkWords() {}

  /** What a link rests on. */
  static String of(JoinedBy joined) {
    Optional<String> event = joined.getEvidence().map(LinkWords::event);
    return switch (joined.getRelation()) {
      case "MERGED" -> "merged in the CRM" + event.map(text -> ": " + text).orElse("");
      case "DECIDED" -> "a decision";
      default -> event.map(text -> "named together by " + text).orElse("named together");
    };
  }

  private static String event(IdentityEvidence evidence) {
    return "%s %s %s at %s"
        .formatted(
            evidence.getSource(),
            evidence.getEventType(),
            evidence.getEventId(),
            evidence.getOccurredAt());
  }
}
