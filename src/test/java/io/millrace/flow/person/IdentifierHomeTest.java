package io.millrace.flow.person;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Identifier;
import io.millrace.event.IdentifierState;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.PersonIdentifier;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class IdentifierHomeTest {
  private static final Identifier ANN = new Identifier("ann", "email", "", "ann@example.com");
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

  @Test
  void knowsTheFirstAndTheLastDay() {
    IdentifierState state = seen(Optional.empty(), 0);
    state = seen(Optional.of(state), 2);
    state = seen(Optional.of(state), -3);

    assertThat(state.getFirstSeen()).contains(MONDAY.minusDays(3));
    assertThat(state.getLastSeen()).contains(MONDAY.plusDays(2));
  }

  @Test
  void changesNothingIfNothingIsNew() {
    Optional<IdentifierState> state = Optional.of(seen(Optional.of(seen(Optional.empty(), 0)), 5));

    assertThat(IdentifierHome.seen(state, ANN, MONDAY.plusDays(3), List.of())).isEmpty();
    assertThat(IdentifierHome.seen(state, ANN, MONDAY, List.of(domain(1)))).isPresent();
  }

  @Test
  void keepsTheSameAccountsWhateverTheirOrder() {
    long seed = System.nanoTime();
    List<Identifier> domains = new ArrayList<>();
    for (int i = 0; i < IdentifierHome.MOST_ACCOUNTS + 5; i++) {
      domains.add(domain(i));
    }
    IdentifierState first = named(domains);
    for (int i = 0; i < 10; i++) {
      Collections.shuffle(domains, new Random(seed + i));
      assertThat(named(domains)).as("seed %d", seed).isEqualTo(first);
    }
    assertThat(first.getAccounts()).hasSize(IdentifierHome.MOST_ACCOUNTS);
  }

  private static IdentifierState named(List<Identifier> domains) {
    Optional<IdentifierState> state = Optional.empty();
    for (Identifier domain : domains) {
      Optional<IdentifierState> known = state;
      state = IdentifierHome.seen(known, ANN, MONDAY, List.of(domain)).or(() -> known);
    }
    return state.orElseThrow();
  }

  @Test
  void ignoresAnAssignmentThatIsNotLater() {
    Optional<IdentifierState> known = IdentifierHome.assigned(Optional.empty(), to("bob", 7));

    assertThat(IdentifierHome.owner(known, "ann")).isEqualTo("bob");
    assertThat(IdentifierHome.assigned(known, to("eve", 7))).isEmpty();
    assertThat(IdentifierHome.assigned(known, to("eve", 6))).isEmpty();
    assertThat(IdentifierHome.owner(IdentifierHome.assigned(known, to("eve", 8)), "ann"))
        .isEqualTo("eve");
  }

  @Test
  void saysNothingBeforeItsValueIsKnown() {
    IdentifierState assigned =
        IdentifierHome.assigned(Optional.empty(), to("bob", 1)).orElseThrow();

    assertThat(IdentifierHome.fact(assigned)).isEmpty();
    assertThat(IdentifierHome.fact(seen(Optional.of(assigned), 0)))
        .contains(new PersonIdentifier(ANN, "JOINED", MONDAY, MONDAY, null, List.of("eve")));
  }

  @Test
  void isItsOwnPersonBeforeItIsAssigned() {
    Optional<IdentifierState> alone = Optional.of(seen(Optional.empty(), 0));

    assertThat(IdentifierHome.owner(alone, "ann")).isEqualTo("ann");
    assertThat(IdentifierHome.number(alone)).isZero();
    assertThat(IdentifierHome.fact(alone.get()).orElseThrow().getState()).isEqualTo("ALONE");
  }

  private static IdentifierState seen(Optional<IdentifierState> before, int day) {
    return IdentifierHome.seen(before, ANN, MONDAY.plusDays(day), List.of()).orElseThrow();
  }

  private static Identifier domain(int number) {
    return new Identifier("d" + number, "domain", "", number + ".example.com");
  }

  private static IdentityAssignment to(String owner, long number) {
    return new IdentityAssignment(
        new LinkedIdentifier("ann", "email", ""), owner, number, null, "JOINED", List.of("eve"));
  }
}
