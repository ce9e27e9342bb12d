package io.millrace.flow.account;

import io.millrace.event.Account;
import io.millrace.event.AccountDue;
import io.millrace.event.AccountIdentifier;
import io.millrace.event.AccountScore;
import io.millrace.event.AccountScoreChange;
import io.millrace.event.AccountScoreMemory;
import io.millrace.event.Contribution;
import io.millrace.event.Event;
import io.millrace.event.ThresholdMemory;
import io.millrace.flow.score.ThresholdWatch;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import io.millrace.identity.IdentityRules;
import io.millrace.model.EventKeys;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Writes the rows of accounts, their scores, and the thresholds that these reach. */
final class AccountWriter {
  static final String IDENTIFIERS = "account-facts";
  static final String SCORES = "account-score-memory";

  /** How many people a score names. */
  static final int MOST_PEOPLE = 20;

  private final Optional<AccountModel> model;
  private final ThresholdWatch thresholds;
  private final Comparator<AccountIdentifier> order;
  private final AccountPeople people;
  private final StepOutput output;
  private final KeyValueStore<String, AccountIdentifier> identifiers;
  private final KeyValueStore<String, AccountScoreMemory> scores;

  AccountWriter(
      ProcessorContext<?, ?> context,
      Optional<AccountModel> model,
      IdentityRules identity,
      AccountPeople people,
      StepOutput output) {
    this.model = model;
    this.thresholds = new ThresholdWatch(model.map(AccountModel::thresholds).orElse(List.of()));
    this.order = order(identity);
    this.people = people;
    this.output = output;
    this.identifiers = context.getStateStore(IDENTIFIERS);
    this.scores = context.getStateStore(SCORES);
  }

  /** The strongest kind first. */
  private static Comparator<AccountIdentifier> order(IdentityRules identity) {
    return Comparator.<AccountIdentifier>comparingInt(each -> identity.rank(each.getKind()))
        .thenComparing(AccountIdentifier::getKind)
        .thenComparing(AccountIdentifier::getSystem)
        .thenComparing(each -> each.getValue().orElse(""))
        .thenComparing(AccountIdentifier::getId);
  }

  /** Writes what has changed of an account. */
  void write(String account, AccountDue due, Cause cause) {
    if (due.getRow()) {
      row(account)
          .ifPresentOrElse(
              row -> output.write(Topics.ACCOUNTS, account, row, cause),
              () -> output.tombstone(Topics.ACCOUNTS, account, cause));
    }
    model.ifPresent(declared -> writeScore(account, declared, cause));
  }

  private Optional<Account> row(String account) {
    List<AccountIdentifier> all = new ArrayList<>();
    try (KeyValueIterator<String, AccountIdentifier> rows =
        identifiers.range(RowKeys.first(account), RowKeys.last(account))) {
      rows.forEachRemaining(row -> all.add(row.value));
    }
    if (all.isEmpty()) {
      return Optional.empty();
    }
    all.sort(
        Comparator.<AccountIdentifier, Boolean>comparing(each -> !each.getId().equals(account))
            .thenComparing(order));
    Optional<LocalDate> first =
        all.stream().flatMap(each -> each.getFirstSeen().stream()).min(Comparator.naturalOrder());
    Optional<LocalDate> last =
        all.stream().flatMap(each -> each.getLastSeen().stream()).max(Comparator.naturalOrder());
    return Optional.of(
        new Account(
            account,
            all,
            people.totals(account).getPeople(),
            first.orElse(null),
            last.orElse(null)));
  }

  private void writeScore(String account, AccountModel declared, Cause cause) {
    Optional<AccountScoreMemory> memory = Optional.ofNullable(scores.get(account));
    Optional<AccountScore> before = memory.flatMap(AccountScoreMemory::getScore);
    Optional<AccountScore> after =
        people
            .asOf(account)
            .map(
                asOf ->
                    declared.score(
                        account,
                        people.totals(account),
                        people.highest(account, MOST_PEOPLE),
                        asOf));
    if (before.equals(after)) {
      return;
    }
    Map<String, ThresholdMemory> known =
        memory.map(AccountScoreMemory::getThresholds).orElse(Map.of());
    ThresholdWatch.Seen seen = thresholds.see(known, score(before), score(after));
    scores.put(account, new AccountScoreMemory(after.orElse(null), seen.memory()));
    after.ifPresentOrElse(
        score -> output.write(Topics.ACCOUNT_SCORES, account, score, cause),
        () -> output.tombstone(Topics.ACCOUNT_SCORES, account, cause));
    if (score(before) != score(after) || !contributions(before).equals(contributions(after))) {
      output.write(
          Topics.ACCOUNT_SCORES_CHANGED, account, change(account, declared, before, after), cause);
    }
    after.ifPresent(score -> raise(score, score(before), seen.crossings(), cause));
  }

  private void raise(
      AccountScore score, int before, List<ThresholdWatch.Crossing> crossings, Cause cause) {
    for (ThresholdWatch.Crossing crossing : crossings) {
      Event event =
          AccountEvents.reached(crossing, score, before, Instant.ofEpochMilli(cause.arrival()));
      output.write(Topics.EVENTS_ORDERED, EventKeys.record(event), event, cause);
    }
  }

  private static AccountScoreChange change(
      String account,
      AccountModel model,
      Optional<AccountScore> before,
      Optional<AccountScore> after) {
    return AccountScoreChange.newBuilder()
        .setAccount(account)
        .setPreviousScore(score(before))
        .setScore(score(after))
        .setPreviousContributions(contributions(before))
        .setContributions(contributions(after))
        .setPreviousModel(before.map(AccountScore::getModel).orElse(null))
        .setModel(model.title())
        .setAsOf(after.map(AccountScore::getAsOf).orElse(null))
        .build();
  }

  private static int score(Optional<AccountScore> row) {
    return row.map(AccountScore::getScore).orElse(0);
  }

  private static List<Contribution> contributions(Optional<AccountScore> row) {
    return row.map(AccountScore::getContributions).orElse(List.of());
  }
}
