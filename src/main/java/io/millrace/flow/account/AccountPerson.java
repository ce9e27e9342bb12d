package io.millrace.flow.account;

import io.millrace.event.AccountMember;
import io.millrace.event.AccountPersonState;
import io.millrace.event.LeadScore;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.Person;
import io.millrace.event.Signal;
import io.millrace.event.StandingSignal;
import io.millrace.event.StandingSignals;
import io.millrace.flow.signal.SignalDetector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is known of a person for their accounts: the last row of each topic that says something, and
 * the signals that stand. Which of the topics says it first makes no difference.
 */
final class AccountPerson {
  /** The identifiers of accounts that count; a person with more is not a person. */
  static final int MOST_ACCOUNTS = 100;

  /** The signals of one name that count: the latest ones. */
  static final int MOST_SIGNALS = 500;

  private AccountPerson() {}

  /** A person of whom nothing is known. */
  static AccountPersonState nothing() {
    return new AccountPersonState(List.of(), nobody());
  }

  private static AccountMember nobody() {
    return new AccountMember(0, null, List.of());
  }

  /** Whether nothing is left to remember. */
  static boolean isNothing(AccountPersonState state) {
    return state.equals(nothing());
  }

  /** The person's row of the topic people has changed, or is gone. */
  static AccountPersonState related(AccountPersonState before, Optional<Person> person) {
    Map<String, LinkedIdentifier> accounts = new LinkedHashMap<>();
    person.map(Person::getAccounts).orElse(List.of()).stream()
        .limit(MOST_ACCOUNTS)
        .forEach(account -> accounts.put(account.getId(), account));
    return new AccountPersonState(List.copyOf(accounts.values()), before.getMember());
  }

  /** The person's score has changed, or is gone. */
  static AccountPersonState scored(AccountPersonState before, Optional<LeadScore> score) {
    return with(
        before,
        new AccountMember(
            score.map(LeadScore::getScore).orElse(0),
            score.map(LeadScore::getAsOf).orElse(null),
            before.getMember().getSignals()));
  }

  /** A signal of the person was detected, corrected or retracted. */
  static AccountPersonState signalled(AccountPersonState before, Signal signal) {
    Map<String, List<StandingSignal>> signals = new TreeMap<>();
    before.getMember().getSignals().forEach(s -> signals.put(s.getSignal(), s.getStanding()));
    long number = number(signal);
    List<StandingSignal> standing = new ArrayList<>();
    signals.getOrDefault(signal.getSignal(), List.of()).stream()
        .filter(each -> each.getNumber() != number)
        .forEach(standing::add);
    if (!signal.getStatus().equals(SignalDetector.RETRACTED)) {
      standing.add(new StandingSignal(number, signal.getCompletedAt()));
    }
    standing.sort(
        Comparator.comparing(StandingSignal::getCompletedAt)
            .thenComparingLong(StandingSignal::getNumber));
    signals.put(
        signal.getSignal(),
        List.copyOf(
            standing.subList(Math.max(0, standing.size() - MOST_SIGNALS), standing.size())));
    return with(
        before,
        new AccountMember(
            before.getMember().getScore(),
            before.getMember().getAsOf().orElse(null),
            signals.entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .map(each -> new StandingSignals(each.getKey(), each.getValue()))
                .toList()));
  }

  private static long number(Signal signal) {
    String id = signal.getSignalId();
    return Long.parseLong(id.substring(id.lastIndexOf('|') + 1));
  }

  private static AccountPersonState with(AccountPersonState before, AccountMember member) {
    return new AccountPersonState(before.getAccounts(), member);
  }

  /** A message to the home of an identifier: what counts of the person there, if anything. */
  record Told(LinkedIdentifier account, Optional<AccountMember> member) {}

  /** What the identifiers of accounts must be told because of a change. */
  static List<Told> told(AccountPersonState before, AccountPersonState after) {
    Set<String> known = ids(before);
    Set<String> named = ids(after);
    boolean isNew = !before.getMember().equals(after.getMember());
    List<Told> told = new ArrayList<>();
    for (LinkedIdentifier account : before.getAccounts()) {
      if (!named.contains(account.getId())) {
        told.add(new Told(account, Optional.empty()));
      }
    }
    for (LinkedIdentifier account : after.getAccounts()) {
      if (isNew || !known.contains(account.getId())) {
        told.add(new Told(account, Optional.of(after.getMember())));
      }
    }
    return told;
  }

  private static Set<String> ids(AccountPersonState state) {
    return state.getAccounts().stream().map(LinkedIdentifier::getId).collect(Collectors.toSet());
  }
}
