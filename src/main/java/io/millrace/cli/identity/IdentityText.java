package io.millrace.cli.identity;

import io.millrace.cli.SafeText;
import io.millrace.cli.Table;
import io.millrace.event.IdentityChange;
import io.millrace.event.IdentityDecision;
import io.millrace.event.LinkedIdentifier;
import io.millrace.identity.IdentityRules;
import io.millrace.identity.whatif.KnownMember;
import io.millrace.identity.whatif.KnownOwner;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            row -> head.row("seen", seen(row)),
            () ->
                head.row("seen", "its row has not been written yet; look again in a few seconds"));
    found
        .owner()
        .filter(KnownOwner::isAccount)
        .ifPresent(account -> head.row("people", Long.toString(account.people())));
    dossier
        .score()
        .ifPresent(
            score ->
                head.row(
                    "score",
                    "%d (%s, as of %s)".formatted(score.score(), score.model(), score.asOf())));
    head.print(out);
    identifiers(found);
    states(found);
    apart(dossier.apart());
    accounts(dossier);
    decisions(dossier);
    changes(dossier);
    out.flush();
  }

  private static String seen(KnownOwner row) {
    return row.firstSeen().isEmpty()
        ? "only people of it"
        : day(row.firstSeen()) + " to " + day(row.lastSeen());
  }

  private static String day(Optional<LocalDate> day) {
    return day.map(LocalDate::toString).orElse("-");
  }

  private void identifiers(Found found) {
    List<KnownMember> members = found.owner().map(KnownOwner::identifiers).orElse(List.of());
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
    KnownMember member = line.member();
    table.row(
        "  " + line.indent() + Names.of(member),
        day(member.firstSeen()),
        day(member.lastSeen()),
        member.state(),
        member.joinedBy().map(LinkWords::of).orElse("-"),
        member.id());
  }

  /** Explains each state that is not an ordinary one, once. */
  private void states(Found found) {
    Map<String, String> explained = new TreeMap<>();
    explain(found.state(), found.end().getKind(), explained);
    found
        .owner()
        .map(KnownOwner::identifiers)
        .orElse(List.of())
        .forEach(each -> explain(each.state(), each.end().getKind(), explained));
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
          each.row().map(row -> Names.of(row.identifiers().getFirst())).orElse("no longer known");
      out.println(SafeText.line("  " + each.owner() + "  " + other));
      out.println(SafeText.line("    linked through  " + String.join(", ", each.linked())));
      out.println(SafeText.line("    because         " + each.why()));
    }
  }

  private void accounts(Dossier dossier) {
    List<LinkedIdentifier> accounts =
        dossier.found().owner().map(KnownOwner::accounts).orElse(List.of());
    if (accounts.isEmpty()) {
      return;
    }
    out.printf("%naccounts: %d%n", accounts.size());
    accounts.stream()
        .limit(limit)
        .forEach(account -> out.println(SafeText.line("  " + dossier.accountName(account))));
  }

  private void decisions(Dossier dossier) {
    List<IdentityDecision> decisions = dossier.decisions();
    if (decisions.isEmpty()) {
      return;
    }
    out.printf("%ndecisions: %d%n", decisions.size());
    Table table = new Table("  DECIDED", "DECISION", "ABOUT", "BY", "REASON");
    for (IdentityDecision each : decisions) {
      table.row(
          "  " + each.getDecidedAt(),
          each.getDecision(),
          about(each, dossier),
          each.getDecidedBy(),
          each.getReason());
    }
    table.print(out);
  }

  private static String about(IdentityDecision decision, Dossier dossier) {
    String first = dossier.name(decision.getFirst());
    return decision.getSecond().map(second -> first + " and " + dossier.name(second)).orElse(first);
  }

  private void changes(Dossier dossier) {
    List<IdentityChange> changes = dossier.changes();
    if (changes.isEmpty()) {
      return;
    }
    out.printf("%nlatest changes: %d%n", changes.size());
    Table table = new Table("  CHANGED", "CHANGE", "IDENTIFIER", "FROM", "TO", "STATE", "BY");
    for (IdentityChange each : changes) {
      table.row(
          "  " + each.getChangedAt(),
          each.getChange(),
          dossier.name(each.getIdentifier()),
          each.getPreviousOwner(),
          each.getOwner(),
          each.getState(),
          each.getJoinedBy().map(LinkWords::of).orElse("-"));
    }
    table.print(out);
  }
}
