package io.millrace.flow.person;

import io.millrace.event.Identifier;
import io.millrace.event.IdentifierState;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.PersonIdentifier;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What an identifier's home knows of it. Every rule gives the same for the same events and
 * assignments, whatever their order.
 */
final class IdentifierHome {
  static final String ALONE = "ALONE";
  static final String ERASED = "ERASED";

  /** How many identifiers of accounts one identifier keeps; the first ones in their order. */
  static final int MOST_ACCOUNTS = 20;

  static final Comparator<LinkedIdentifier> BY_KIND =
      Comparator.comparing(LinkedIdentifier::getKind)
          .thenComparing(LinkedIdentifier::getSystem)
          .thenComparing(LinkedIdentifier::getId);

  private IdentifierHome() {}

  /** The identifier after an event named it; empty if the event says nothing new. */
  static Optional<IdentifierState> seen(
      Optional<IdentifierState> before,
      Identifier named,
      LocalDate day,
      List<Identifier> accounts) {
    if (before.isEmpty()) {
      return Optional.of(new IdentifierState(named, day, day, null, joined(List.of(), accounts)));
    }
    IdentifierState known = before.get();
    Optional<LocalDate> first = known.getFirstSeen().filter(seen -> !day.isBefore(seen));
    Optional<LocalDate> last = known.getLastSeen().filter(seen -> !day.isAfter(seen));
    List<LinkedIdentifier> all = joined(known.getAccounts(), accounts);
    if (first.isPresent() && last.isPresent() && all.equals(known.getAccounts())) {
      return Optional.empty();
    }
    return Optional.of(
        new IdentifierState(
            known.getIdentifier().orElse(named),
            first.orElse(day),
            last.orElse(day),
            known.getAssignment().orElse(null),
            all));
  }

  /** Identifiers of accounts with those of another event. */
  private static List<LinkedIdentifier> joined(
      List<LinkedIdentifier> known, List<Identifier> named) {
    if (named.isEmpty() || named.stream().allMatch(each -> isIn(known, each))) {
      return known;
    }
    TreeSet<LinkedIdentifier> all = new TreeSet<>(BY_KIND);
    all.addAll(known);
    named.forEach(each -> all.add(Naming.linked(each)));
    return all.stream().limit(MOST_ACCOUNTS).toList();
  }

  private static boolean isIn(List<LinkedIdentifier> known, Identifier named) {
    return known.stream().anyMatch(each -> each.getId().equals(named.getId()));
  }

  /** The identifier with an assignment; empty if it already has a later one, or this one. */
  static Optional<IdentifierState> assigned(
      Optional<IdentifierState> before, IdentityAssignment assignment) {
    if (assignment.getNumber() <= number(before)) {
      return Optional.empty();
    }
    return Optional.of(
        new IdentifierState(
            before.flatMap(IdentifierState::getIdentifier).orElse(null),
            before.flatMap(IdentifierState::getFirstSeen).orElse(null),
            before.flatMap(IdentifierState::getLastSeen).orElse(null),
            assignment,
            before.map(IdentifierState::getAccounts).orElse(List.of())));
  }

  /** The person, or the account, that an identifier belongs to. */
  static String owner(Optional<IdentifierState> state, String id) {
    return state
        .flatMap(IdentifierState::getAssignment)
        .map(IdentityAssignment::getOwner)
        .orElse(id);
  }

  /** The number of its assignment; 0 before the first. */
  static long number(Optional<IdentifierState> state) {
    return state
        .flatMap(IdentifierState::getAssignment)
        .map(IdentityAssignment::getNumber)
        .orElse(0L);
  }

  /** What its owner is told; empty as long as no event has named it. */
  static Optional<PersonIdentifier> fact(IdentifierState state) {
    Optional<IdentityAssignment> assignment = state.getAssignment();
    return state
        .getIdentifier()
        .map(
            identifier ->
                new PersonIdentifier(
                    identifier,
                    assignment.map(IdentityAssignment::getState).orElse(ALONE),
                    state.getFirstSeen().orElseThrow(),
                    state.getLastSeen().orElseThrow(),
                    assignment.flatMap(IdentityAssignment::getJoinedBy).orElse(null),
                    assignment.map(IdentityAssignment::getApartFrom).orElse(List.of())));
  }
}
