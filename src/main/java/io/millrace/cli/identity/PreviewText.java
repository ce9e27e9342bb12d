package io.millrace.cli.identity;

import io.millrace.cli.SafeText;
import io.millrace.cli.Table;
import io.millrace.event.LinkedIdentifier;
import io.millrace.flow.step.Topics;
import io.millrace.identity.whatif.Difference;
import io.millrace.identity.whatif.Group;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Prints what a decision would change, or has changed.
 *
 * @param recordTypes the types of records that have rows of their own
 */
record PreviewText(PrintWriter out, Set<String> recordTypes) {
  /** More identifiers of one person are only counted. */
  private static final int LISTED = 10;

  void print(Wish wish, Preview preview) {
    Difference difference = preview.difference();
    out.println(SafeText.line(wish.verb() + " " + wish.inWords() + ": " + wish.reason()));
    if (difference.isEmpty()) {
      out.println("Nothing changes now; the decision counts for links that come later.");
    } else {
      groups("now:", difference.before(), preview.names());
      groups("then:", difference.after(), preview.names());
      rows(preview);
      records(preview);
    }
    if (!preview.isExact()) {
      out.println(
          "Some links are older than the topics, or there are too many to follow: this is the"
              + " likely outcome, and the flow, which has all of them, may decide otherwise.");
    }
  }

  /** People, or accounts, with their identifiers. */
  void groups(String title, Collection<Group> groups, Map<String, String> names) {
    out.println(title);
    Table table = new Table();
    for (Group group : groups) {
      table.row("  " + group.owner(), group.members().size() + ":", members(group, names));
    }
    table.print(out);
  }

  private static String members(Group group, Map<String, String> names) {
    String listed =
        group.members().stream()
            .map(LinkedIdentifier::getId)
            .sorted((one, two) -> compare(one, two, group.owner()))
            .limit(LISTED)
            .map(id -> names.getOrDefault(id, id))
            .collect(Collectors.joining(", "));
    int more = group.members().size() - LISTED;
    return more > 0 ? listed + " and " + more + " more" : listed;
  }

  /** The strongest one first. */
  private static int compare(String one, String two, String owner) {
    return one.equals(owner) ? -1 : two.equals(owner) ? 1 : one.compareTo(two);
  }

  private void rows(Preview preview) {
    Difference difference = preview.difference();
    out.println("rows that change:");
    Table table = new Table();
    String rowTopic = "  " + (preview.isOfAccounts() ? Topics.ACCOUNTS : Topics.PEOPLE).name();
    String scoreTopic =
        "  " + (preview.isOfAccounts() ? Topics.ACCOUNT_SCORES : Topics.LEAD_SCORES).name();
    int moved = difference.moved().size();
    table.row("  identity-assignments", moved + (moved == 1 ? " identifier" : " identifiers"), "");
    for (String owner : difference.changed()) {
      table.row(rowTopic, owner, "has other identifiers");
    }
    for (String owner : difference.ended()) {
      table.row(rowTopic, owner, "ends");
    }
    for (String owner : both(difference)) {
      table.row(scoreTopic, owner, score(owner, preview));
    }
    table.print(out);
    out.println(
        preview.isOfAccounts()
            ? "Signals of these accounts are corrected too, as far back as the rules remember."
            : "Batches, signals and usage of these people are corrected too, as far back as the"
                + " rules remember.");
  }

  private static Set<String> both(Difference difference) {
    Set<String> both = new TreeSet<>(difference.changed());
    both.addAll(difference.ended());
    return both;
  }

  private static String score(String owner, Preview preview) {
    String now = preview.score(owner).map(score -> Integer.toString(score.score())).orElse("none");
    return preview.difference().ended().contains(owner)
        ? now + " now, then none"
        : now + " now, then computed again from all events of its identifiers";
  }

  private void records(Preview preview) {
    List<String> records = preview.records(recordTypes);
    if (!records.isEmpty()) {
      out.println(
          SafeText.line(
              (preview.isOfAccounts()
                      ? "records that get another account: "
                      : "records that get another person: ")
                  + String.join(", ", records)));
    }
  }
}
