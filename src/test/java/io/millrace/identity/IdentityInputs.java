package io.millrace.identity;

import io.millrace.event.IdentityDecision;
import io.millrace.event.IdentityEvidence;
import io.millrace.event.IdentityLink;
import io.millrace.event.LinkedIdentifier;
import java.time.Instant;

/** Links and decisions for tests. An identifier is KIND@SYSTEM:VALUE; the system may be missing. */
final class IdentityInputs {
  private IdentityInputs() {}

  static LinkedIdentifier identifier(String text) {
    String kind = text.substring(0, text.indexOf(':'));
    int at = kind.indexOf('@');
    return new LinkedIdentifier(
        text, at < 0 ? kind : kind.substring(0, at), at < 0 ? "" : kind.substring(at + 1));
  }

  static IdentityLink named(String one, String other, long at) {
    return link(one, other, "NAMED", at);
  }

  static IdentityLink merged(String one, String other, long at) {
    return link(one, other, "MERGED", at);
  }

  private static IdentityLink link(String one, String other, String relation, long at) {
    boolean isInOrder = one.compareTo(other) < 0;
    return new IdentityLink(
        identifier(isInOrder ? one : other),
        identifier(isInOrder ? other : one),
        relation,
        new IdentityEvidence("app", "event" + at, "seen", Instant.ofEpochMilli(at)));
  }

  static IdentityDecision decided(String what, String one, String other, long at) {
    boolean isInOrder = one.compareTo(other) < 0;
    return decision(what, at)
        .setFirst(identifier(isInOrder ? one : other))
        .setSecond(identifier(isInOrder ? other : one))
        .build();
  }

  static IdentityDecision decided(String what, String one, long at) {
    return decision(what, at).setFirst(identifier(one)).build();
  }

  private static IdentityDecision.Builder decision(String what, long at) {
    return IdentityDecision.newBuilder().setDecision(what).setDecidedAt(Instant.ofEpochMilli(at));
  }
}
