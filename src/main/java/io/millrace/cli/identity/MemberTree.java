package io.millrace.cli.identity;

import io.millrace.identity.whatif.KnownMember;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The identifiers of a person in the order in which each was joined: from the strongest one, each
 * followed by those that it joined.
 */
final class MemberTree {
  /** Deeper branches are not indented further. */
  private static final int DEEPEST = 12;

  private MemberTree() {}

  /**
   * One line of the tree.
   *
   * @param depth how many links it is away from the strongest one
   */
  record Line(KnownMember member, int depth) {
    /** What precedes its name. */
    String indent() {
      return depth == 0 ? "" : "  ".repeat(Math.min(depth, DEEPEST) - 1) + "└ ";
    }
  }

  /** Every identifier once, also those whose link leads to none of the others. */
  static List<Line> lines(List<KnownMember> members) {
    Map<String, List<KnownMember>> joined = new HashMap<>();
    for (KnownMember member : members) {
      member
          .joinedBy()
          .ifPresent(
              by -> joined.computeIfAbsent(by.getOther(), id -> new ArrayList<>()).add(member));
    }
    List<Line> lines = new ArrayList<>();
    Set<String> shown = new HashSet<>();
    members.stream()
        .filter(member -> member.joinedBy().isEmpty())
        .forEach(root -> add(new Line(root, 0), joined, shown, lines));
    members.forEach(rest -> add(new Line(rest, 0), joined, shown, lines));
    return lines;
  }

  /** Without recursion: a person may have thousands of identifiers in one chain. */
  private static void add(
      Line root, Map<String, List<KnownMember>> joined, Set<String> shown, List<Line> lines) {
    Deque<Line> waiting = new ArrayDeque<>(List.of(root));
    while (!waiting.isEmpty()) {
      Line line = waiting.pop();
      String id = line.member().id();
      if (shown.add(id)) {
        lines.add(line);
        List<KnownMember> next = new ArrayList<>(joined.getOrDefault(id, List.of()));
        Collections.reverse(next);
        next.forEach(each -> waiting.push(new Line(each, line.depth() + 1)));
      }
    }
  }
}
