package io.millrace.flow.person;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Identifier;
import io.millrace.event.MemberState;
import io.millrace.event.PersonHistory;
import io.millrace.event.PersonIdentifier;
import io.millrace.event.PersonMessage;
import io.millrace.flow.person.Membership.Verdict;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MembershipTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
  private static final PersonIdentifier COOKIE =
      new PersonIdentifier(
          new Identifier("c", "anonymous", "site", "1f"),
          "JOINED",
          MONDAY,
          MONDAY,
          null,
          List.of());
  private static final Optional<MemberState> UNKNOWN = Optional.empty();
  private static final Optional<MemberState> MEMBER_BY_3 =
      Optional.of(new MemberState(COOKIE, List.of(), null, 3L));
  private static final Optional<MemberState> LEFT_BY_3 =
      Optional.of(new MemberState(null, List.of(), "bob", 3L));

  @Test
  void takesWhatBelongsToIt() {
    assertThat(Membership.of(MEMBER_BY_3, history(3)))
        .isEqualTo(new Verdict.Accepted(MEMBER_BY_3.get()));
    assertThat(Membership.of(MEMBER_BY_3, history(2)))
        .as("it was the person before, too")
        .isEqualTo(new Verdict.Accepted(MEMBER_BY_3.get()));
  }

  @Test
  void sendsAfterTheIdentifierWhatIsOlderThanItsDeparture() {
    PersonMessage late = history(2);

    assertThat(Membership.of(LEFT_BY_3, late)).isEqualTo(new Verdict.Following("bob", 3));
    assertThat(Membership.following(late, new Verdict.Following("bob", 3))).isEqualTo(history(3));
  }

  @Test
  void takesTheIdentifierBackByALaterAssignment() {
    assertThat(Membership.of(LEFT_BY_3, history(4)))
        .as("its history may be here before what it is")
        .isEqualTo(new Verdict.Accepted(new MemberState(null, List.of(), null, 4L)));
    assertThat(Membership.of(LEFT_BY_3, fact(4)))
        .isEqualTo(new Verdict.Accepted(new MemberState(COOKIE, List.of(), null, 4L)));
  }

  @Test
  void letsAnIdentifierLeaveOnce() {
    MemberState left = new MemberState(null, List.of(), "eve", 4L);

    assertThat(Membership.of(MEMBER_BY_3, departure(4))).isEqualTo(new Verdict.Departing(left));
    assertThat(Membership.of(LEFT_BY_3, departure(4))).isEqualTo(new Verdict.Departing(left));
    assertThat(Membership.of(UNKNOWN, departure(4))).isEqualTo(new Verdict.Departing(left));
    assertThat(Membership.of(Optional.of(left), departure(4))).isEqualTo(new Verdict.Stale());
    assertThat(Membership.of(MEMBER_BY_3, departure(2)))
        .as("it has come back since")
        .isEqualTo(new Verdict.Stale());
  }

  @Test
  void ignoresAFactFromBeforeTheDeparture() {
    assertThat(Membership.of(LEFT_BY_3, fact(2))).isEqualTo(new Verdict.Stale());
  }

  private static PersonMessage history(long number) {
    PersonHistory history = new PersonHistory(List.of(), List.of(), List.of(), null);
    return new PersonMessage("c", number, null, null, null, List.of(), history);
  }

  private static PersonMessage fact(long number) {
    return new PersonMessage("c", number, null, null, COOKIE, List.of(), null);
  }

  private static PersonMessage departure(long number) {
    return new PersonMessage("c", number, null, "eve", null, List.of(), null);
  }
}
