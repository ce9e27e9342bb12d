package io.millrace.cli.identity;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.event.IdentityChange;
import io.millrace.event.IdentityDecision;
import io.millrace.event.JoinedBy;
import io.millrace.event.LinkedIdentifier;
import io.millrace.identity.IdentityRules;
import io.millrace.identity.whatif.KnownMember;
import io.millrace.identity.whatif.KnownOwner;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What is known about an identifier as JSON, complete, with the names of the topics' fields. */
final class IdentityJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private IdentityJson() {}

  static ObjectNode of(Dossier dossier, IdentityRules rules) {
    Found found = dossier.found();
    ObjectNode json = MAPPER.createObjectNode();
    json.put("owner", found.ownerId()).put("owner_is", dossier.sort());
    ObjectNode asked = json.putObject("found").put("id", found.id());
    found.member().ifPresent(member -> put(asked, member));
    asked.put("state", found.state());
    String words = StateWords.of(found.state(), found.end().getKind(), rules);
    if (!words.isEmpty()) {
      asked.put("state_in_words", words);
    }
    found.owner().ifPresent(row -> owner(json, row));
    dossier
        .score()
        .ifPresent(
            score ->
                json.putObject("score")
                    .put("score", score.score())
                    .put("model", score.model())
                    .put("as_of", score.asOf().toString()));
    ArrayNode apart = json.putArray("apart_from");
    dossier.apart().forEach(each -> apart(apart.addObject(), each));
    ArrayNode decisions = json.putArray("decisions");
    dossier.decisions().forEach(each -> decisions.add(decision(each)));
    ArrayNode changes = json.putArray("changes");
    dossier.changes().forEach(each -> change(changes.addObject(), each));
    return json;
  }

  private static void owner(ObjectNode json, KnownOwner row) {
    seen(json, row.firstSeen(), row.lastSeen());
    ArrayNode identifiers = json.putArray("identifiers");
    row.identifiers().forEach(each -> member(identifiers.addObject(), each));
    if (row.isAccount()) {
      json.put("people", row.people());
    } else {
      accounts(json.putArray("accounts"), row.accounts());
    }
  }

  private static void seen(ObjectNode json, Optional<LocalDate> first, Optional<LocalDate> last) {
    first.ifPresent(day -> json.put("first_seen", day.toString()));
    last.ifPresent(day -> json.put("last_seen", day.toString()));
  }

  private static void accounts(ArrayNode json, List<LinkedIdentifier> accounts) {
    accounts.forEach(each -> put(json.addObject(), each));
  }

  private static void member(ObjectNode json, KnownMember member) {
    put(json.put("id", member.id()), member);
    json.put("state", member.state());
    seen(json, member.firstSeen(), member.lastSeen());
    joinedBy(json, member.joinedBy());
    ArrayNode apart = json.putArray("apart_from");
    member.apartFrom().forEach(apart::add);
  }

  private static void joinedBy(ObjectNode json, Optional<JoinedBy> joined) {
    joined.ifPresent(
        by -> {
          ObjectNode link =
              json.putObject("joined_by")
                  .put("other", by.getOther())
                  .put("relation", by.getRelation());
          by.getEvidence()
              .ifPresent(
                  evidence ->
                      link.put("source", evidence.getSource())
                          .put("event_id", evidence.getEventId())
                          .put("event_type", evidence.getEventType())
                          .put("occurred_at", evidence.getOccurredAt().toString()));
        });
  }

  private static void apart(ObjectNode json, Dossier.Apart apart) {
    json.put("owner", apart.owner());
    apart.row().ifPresent(row -> json.put("named", Names.of(row.identifiers().getFirst())));
    ArrayNode linked = json.putArray("linked_through");
    apart.linked().forEach(linked::add);
    json.put("why", apart.why());
  }

  /** A decision with the names of its topic. */
  static ObjectNode decision(IdentityDecision decision) {
    ObjectNode json = MAPPER.createObjectNode().put("decision", decision.getDecision());
    put(json.putObject("first"), decision.getFirst());
    decision.getSecond().ifPresent(second -> put(json.putObject("second"), second));
    return json.put("reason", decision.getReason())
        .put("decided_by", decision.getDecidedBy())
        .put("decided_at", decision.getDecidedAt().toString());
  }

  private static void change(ObjectNode json, IdentityChange change) {
    json.put("change", change.getChange());
    put(json.putObject("identifier"), change.getIdentifier());
    json.put("owner", change.getOwner())
        .put("previous_owner", change.getPreviousOwner())
        .put("state", change.getState())
        .put("number", change.getNumber())
        .put("changed_at", change.getChangedAt().toString());
    joinedBy(json, change.getJoinedBy());
  }

  private static void put(ObjectNode json, KnownMember member) {
    json.put("kind", member.end().getKind()).put("system", member.end().getSystem());
    member.value().ifPresent(value -> json.put("value", value));
  }

  private static void put(ObjectNode json, LinkedIdentifier identifier) {
    json.put("id", identifier.getId())
        .put("kind", identifier.getKind())
        .put("system", identifier.getSystem());
  }
}
