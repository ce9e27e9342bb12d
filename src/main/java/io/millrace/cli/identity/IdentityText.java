package io.millrace.cli.identity;

import io.millrace.cli.SafeText;
import io.millrace.cli.Table;
import io.millrace.event.IdentityChange;
import io.millrace.event.IdentityDecision;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.PersonIdentifier;
import io.millrace.identity.IdentityRules;
import io.millrace.identity.whatif.KnownOwner;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints what is known about an identifier.
 *
 * @param limit how many identifiers to print
 */
record IdentityText(PrintWriter out, IdentityRules rules, int limit) {

  void print(Dossier dossier) {
    Found found = dossier.found();
    out.println(dossier.sort() + " " + found.ownerId());
    Table head = new Table();
    head.row("found", found.inWords());
    head.row("id", found.id());
    found
        .owner()
        .ifPresentOrElse(
            row -> head.row("seen", row.firstSeen() + " to " + row.lastSeen()),
            () ->
                head.row("seen", "its row has not been written yet; look again in a few seconds"));
    dossier
        .score()
        .ifPresent(
            score ->
                head.row(
                    "score",
                    "%d (%s, as of %s)"
                        .formatted(score.getScore(), score.getModel(), score.getAsOf())));
    head.print(out);
    identifiers(found);
    states(found);
    apart(dossier.apart());
    accounts(found);
    decisions(dossier.decisions());
    changes(dossier.changes());
    out.flush();
  }

  private void identifiers(Found found) {
    List<PersonIdentifier> members = found.owner().map(KnownOwner::identifiers).orElse(List.of());
    if (members.size() == 1) {
      out.println();
      out.println("Nothing is joined to it: it is a person, or an account, by itself.");
    }
    if (members.isEmpty()) {
      return;
    }
    out.printf("%nidentifiers: %d%n", members.size());
    Table table = new Table("  IDENTIFIER", "FIRST SEEN", "LAST SEEN", "STATE", "JOINED", "ID");
    MemberTree.lines(members).stream().limit(limit).forEach(line -> row(line, table));
    table.print(out);
    if (members.size() > limit) {
      out.printf("  ... and %d more; raise --limit to list them%n", members.size() - limit);
    }
  }

  private static void row(MemberTree.Line line, Table table) {
    PersonIdentifier member = line.member();
    table.row(
        "  " + line.indent() + Names.of(member.getIdentifier()),
        member.getFirstSeen().toString(),
        member.getLastSeen().toString(),
        member.getState(),
        member.getJoinedBy().map(LinkWords::of).orElse("-"),
        member.getIdentifier().getId());
  }

  /** Explains each state that is not an ordinary one, once. */
  private void states(Found found) {
    Map<String, String> explained = new TreeMap<>();
    explain(found.state(), found.end().getKind(), explained);
    found
        .owner()
        .map(KnownOwner::identifiers)
        .orElse(List.of())
        .forEach(each -> explain(each.getState(), each.getIdentifier().getKind(), explained));
    if (!explained.isEmpty()) {
      out.println();
      explained.forEach((state, words) -> out.println(state + ": " + words + "."));
    }
  }

  private void explain(String state, String kind, Map<String, String> explained) {
    String words = StateWords.of(state, kind, rules);
    if (!words.isEmpty()) {
      explained.putIfAbsent(state, words);
    }
  }

  private void apart(List<Dossier.Apart> apart) {
    if (apart.isEmpty()) {
      return;
    }
    out.printf("%nkept apart from: %d%n", apart.size());
    for (Dossier.Apart each : apart) {
      String other =
          each.row()
              .map(row -> Names.of(row.identifiers().getFirst().getIdentifier()))
              .orElse("no longer known");
      out.println(SafeText.line("  " + each.owner() + "  " + other));
      out.println(SafeText.line("    linked through  " + String.join(", ", each.linked())));
      out.println(SafeText.line("    because         " + each.why()));
    }
  }

  private void accounts(Found found) {
    List<LinkedIdentifier> accounts = found.owner().map(KnownOwner::accounts).orElse(List.of());
    if (accounts.isEmpty()) {
      return;
    }
    out.printf("%naccounts: %d%n", accounts.size());
    accounts.stream()
        .limit(limit)
        .forEach(account -> out.println(SafeText.line("  " + Names.of(account))));
  }

  private void decisions(List<IdentityDecision> decisions) {
    if (decisions.isEmpty()) {
      return;
    }
    out.printf("%ndecisions: %d%n", decisions.size());
    Table table = new Table("  DECIDED", "DECISION", "ABOUT", "BY", "REASON");
    for (IdentityDecision each : decisions) {
      table.row(
          "  " + each.getDecidedAt(),
          each.getDecision(),
          about(each),
          each.getDecidedBy(),
          each.getReason());
    }
    table.print(out);
  }

  private static String about(IdentityDecision decision) {
    String first = Names.of(decision.getFirst());
    return decision.getSecond().map(second -> first + " and " + Names.of(second)).orElse(first);
  }

  private void changes(List<IdentityChange> changes) {
    if (changes.isEmpty()) {
      return;
    }
    out.printf("%nlatest changes: %d%n", changes.size());
    Table table = new Table("  CHANGED", "CHANGE", "IDENTIFIER", "FROM", "TO", "STATE", "BY");
    for (IdentityChange each : changes) {
      table.row(
          "  " + each.getChangedAt(),
          each.getChange(),
          Names.of(each.getIdentifier()),
          each.getPreviousOwner(),
          each.getOwner(),
          each.getState(),
          each.getJoinedBy().map(LinkWords::of).orElse("-"));
    }
    table.print(out);
  }
}
