package io.millrace.flow.person;

import io.millrace.event.IdentifierState;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.MemberState;
import io.millrace.event.PersonMessage;
import java.util.List;
import java.util.Optional;

/**
 * What a person does with a message about one identifier. The numbers of an identifier's
 * assignments only rise, and a message that has come too late goes on with a higher one: so it ends
 * at the identifier's last person, after at most one step per assignment.
 */
final class Membership {
  private Membership() {}

  /** What becomes of a message. */
  sealed interface Verdict {
    /**
     * It concerns this person.
     *
     * @param member what the person knows of the identifier from now on
     */
    record Accepted(MemberState member) implements Verdict {}

    /** The identifier leaves for another person. */
    record Departing(MemberState member) implements Verdict {}

    /**
     * The identifier has left before, and the message follows it.
     *
     * @param number the assignment by which it left
     */
    record Following(String to, long number) implements Verdict {}

    /** Something later is known already. */
    record Stale() implements Verdict {}
  }

  /**
   * The verdict about a message.
   *
   * @param known what the person knows of the message's identifier
   */
  static Verdict of(Optional<MemberState> known, PersonMessage message) {
    long number = message.getNumber();
    long knownNumber = known.map(MemberState::getNumber).orElse(-1L);
    if (message.getDepartedTo().isPresent()) {
      String to = message.getDepartedTo().get();
      return knownNumber < number
          ? new Verdict.Departing(new MemberState(null, List.of(), to, number))
          : new Verdict.Stale();
    }
    if (message.getFact().isPresent()) {
      return knownNumber <= number
          ? new Verdict.Accepted(
              new MemberState(message.getFact().get(), message.getAccounts(), null, number))
          : new Verdict.Stale();
    }
    return ofContent(known, message);
  }

  /** An event, or history. */
  private static Verdict ofContent(Optional<MemberState> known, PersonMessage message) {
    long number = message.getNumber();
    Optional<String> departed = known.flatMap(MemberState::getDepartedTo);
    if (departed.isPresent() && number < known.get().getNumber()) {
      return new Verdict.Following(departed.get(), known.get().getNumber());
    }
    if (known.isPresent() && number <= known.get().getNumber()) {
      return new Verdict.Accepted(known.get());
    }
    // It has come before the fact of the same assignment.
    return new Verdict.Accepted(
        new MemberState(
            known.flatMap(MemberState::getFact).orElse(null),
            known.map(MemberState::getAccounts).orElse(List.of()),
            null,
            number));
  }

  /** The message that follows its identifier. */
  static PersonMessage following(PersonMessage message, Verdict.Following following) {
    return new PersonMessage(
        message.getIdentifier(),
        following.number(),
        message.getEvent().orElse(null),
        null,
        null,
        List.of(),
        message.getHistory().orElse(null));
  }

  /** What a person knows of the identifier that gave it its id: their home is the same. */
  static Optional<MemberState> ofItself(String person, Optional<IdentifierState> home) {
    return home.flatMap(IdentifierState::getAssignment)
        .map(
            assignment ->
                new MemberState(
                    null, List.of(), departedTo(person, assignment), assignment.getNumber()));
  }

  private static @org.jspecify.annotations.Nullable String departedTo(
      String person, IdentityAssignment assignment) {
    return assignment.getOwner().equals(person) ? null : assignment.getOwner();
  }
}
