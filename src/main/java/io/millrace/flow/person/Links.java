package io.millrace.flow.person;

import io.millrace.event.Identifier;
import io.millrace.event.IdentityEvidence;
import io.millrace.event.IdentityLink;
import io.millrace.event.LinkState;
import io.millrace.identity.IdentityRules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The links between identifiers that events name together. Of all events that name two identifiers
 * the earliest is the evidence, whatever their order.
 */
final class Links {
  /** Of more identifiers than these in one event only the strongest are linked. */
  static final int MOST_LINKED = 20;

  private static final char SEPARATOR = '|';

  private static final Comparator<IdentityEvidence> EARLIER =
      Comparator.comparing(IdentityEvidence::getOccurredAt)
          .thenComparing(IdentityEvidence::getSource)
          .thenComparing(IdentityEvidence::getEventId)
          .thenComparing(IdentityEvidence::getEventType);

  private Links() {}

  /**
   * What changes about one link.
   *
   * @param key of its row
   * @param state the row
   * @param link to be announced, if it is new or its evidence is
   * @param told the other identifier, if it must be told of the event
   */
  record Change(
      String key, LinkState state, Optional<IdentityLink> link, Optional<Identifier> told) {}

  /**
   * The changes that an event makes to the links of its identifiers; those of its strongest one are
   * also told to the other end.
   *
   * @param known the row of a key
   */
  static List<Change> changes(
      Naming naming, IdentityRules rules, Function<String, Optional<LinkState>> known) {
    List<Identifier> joining = joining(naming, rules);
    String home = naming.strongest().getId();
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < joining.size(); i++) {
      for (int j = i + 1; j < joining.size(); j++) {
        boolean isTold = joining.get(i).getId().equals(home);
        change(naming, joining.get(i), joining.get(j), isTold, known).ifPresent(changes::add);
      }
    }
    return changes;
  }

  /** The different identifiers that may join others. */
  private static List<Identifier> joining(Naming naming, IdentityRules rules) {
    Map<String, Identifier> joining = new LinkedHashMap<>();
    for (Identifier each : naming.identifiers()) {
      if (joining.size() < MOST_LINKED && rules.joins(each.getKind(), each.getValue())) {
        joining.putIfAbsent(each.getId(), each);
      }
    }
    return List.copyOf(joining.values());
  }

  private static Optional<Change> change(
      Naming naming,
      Identifier one,
      Identifier other,
      boolean isTold,
      Function<String, Optional<LinkState>> known) {
    boolean isInOrder = one.getId().compareTo(other.getId()) < 0;
    Identifier first = isInOrder ? one : other;
    Identifier second = isInOrder ? other : one;
    String key =
        naming.strongest().getId() + SEPARATOR + first.getId() + SEPARATOR + second.getId();
    Optional<LinkState> before = known.apply(key);
    LinkState after = seen(before, naming, isTold);
    if (before.filter(after::equals).isPresent()) {
      return Optional.empty();
    }
    boolean isNews = before.filter(state -> isSameLink(state, after)).isEmpty();
    boolean isTelling = isTold && (before.isEmpty() || isOutside(before.get(), naming.day()));
    return Optional.of(
        new Change(
            key,
            after,
            isNews ? Optional.of(link(first, second, after)) : Optional.empty(),
            isTelling ? Optional.of(other) : Optional.empty()));
  }

  private static IdentityLink link(Identifier first, Identifier second, LinkState state) {
    return new IdentityLink(
        Naming.linked(first), Naming.linked(second), state.getRelation(), state.getEvidence());
  }

  /** The key of a link in its topic: both ends. */
  static String key(IdentityLink link) {
    return link.getFirst().getId() + SEPARATOR + link.getSecond().getId();
  }

  /** Where the rows of a home begin. */
  static String firstOf(String home) {
    return home + SEPARATOR;
  }

  /** Where the rows of a home end. */
  static String lastOf(String home) {
    return home + (char) (SEPARATOR + 1);
  }

  /** Whether a row is at the home of an identifier, or about a link of it. */
  static boolean isAbout(String key, String identifier) {
    return (SEPARATOR + key + SEPARATOR).contains(SEPARATOR + identifier + SEPARATOR);
  }

  /** A link after another event named both ends. */
  static LinkState seen(Optional<LinkState> before, Naming naming, boolean isTold) {
    LocalDate day = naming.day();
    if (before.isEmpty()) {
      return new LinkState(naming.evidence(), day, day, naming.relation());
    }
    LinkState known = before.get();
    boolean isEarlier = EARLIER.compare(naming.evidence(), known.getEvidence()) < 0;
    boolean isMerged = naming.relation().equals(Naming.MERGED);
    boolean isNewDay = isTold && isOutside(known, day);
    if (!isEarlier && !isNewDay && (!isMerged || known.getRelation().equals(Naming.MERGED))) {
      return known;
    }
    return new LinkState(
        isEarlier ? naming.evidence() : known.getEvidence(),
        isTold && day.isBefore(known.getFirstTold()) ? day : known.getFirstTold(),
        isTold && day.isAfter(known.getLastTold()) ? day : known.getLastTold(),
        isMerged ? Naming.MERGED : known.getRelation());
  }

  private static boolean isOutside(LinkState state, LocalDate day) {
    return day.isBefore(state.getFirstTold()) || day.isAfter(state.getLastTold());
  }

  private static boolean isSameLink(LinkState one, LinkState other) {
    return one.getEvidence().equals(other.getEvidence())
        && one.getRelation().equals(other.getRelation());
  }
}
