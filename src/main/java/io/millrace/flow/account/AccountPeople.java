package io.millrace.flow.account;

import io.millrace.event.AccountMember;
import io.millrace.event.AccountMemberState;
import io.millrace.event.AccountTotals;
import io.millrace.model.SortableText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The people of the accounts of a partition: a row for each, sums, and an index by score and by
 * time. A change of one person costs the same in an account of one person as in one of a hundred
 * thousand; only after a change of the rules an account is counted again, once.
 */
final class AccountPeople {
  static final String MEMBERS = "account-members";
  static final String TOTALS = "account-totals";
  static final String INDEX = "account-index";

  private static final String BY_SCORE = "s";
  private static final String BY_TIME = "t";

  private final Optional<AccountModel> model;
  private final String fingerprint;
  private final AccountSignals signals;
  private final KeyValueStore<String, AccountMemberState> members;
  private final KeyValueStore<String, AccountTotals> totals;
  private final KeyValueStore<String, String> index;

  AccountPeople(ProcessorContext<?, ?> context, AccountRules rules) {
    this.model = rules.scoring();
    this.fingerprint = rules.fingerprint();
    this.members = context.getStateStore(MEMBERS);
    this.totals = context.getStateStore(TOTALS);
    this.index = context.getStateStore(INDEX);
    this.signals = new AccountSignals(rules.signals(), index);
  }

  /** A person before and after a change, and the rules that counted them before and after. */
  record Change(
      String account,
      String person,
      Optional<AccountMemberState> row,
      Optional<AccountMember> before,
      Optional<AccountMember> after,
      List<String> countedBefore,
      List<String> countedAfter) {
    boolean isNumberNew() {
      return before.isPresent() != after.isPresent();
    }

    boolean isNothingNew() {
      return before.equals(after);
    }
  }

  /**
   * What a message of one of the account's identifiers changes.
   *
   * @param told empty if the person is not related to the identifier any more
   */
  Change change(String account, String person, String via, Optional<AccountMember> told) {
    Map<String, AccountMember> before =
        Optional.ofNullable(members.get(RowKeys.of(account, person)))
            .map(AccountMemberState::getVia)
            .orElse(Map.of());
    Map<String, AccountMember> after = new TreeMap<>(before);
    told.ifPresentOrElse(member -> after.put(via, member), () -> after.remove(via));
    Optional<AccountMember> was = member(before);
    Optional<AccountMember> is = member(after);
    return new Change(
        account,
        person,
        after.isEmpty() ? Optional.empty() : Optional.of(new AccountMemberState(after)),
        was,
        is,
        counted(was),
        counted(is));
  }

  /** All identifiers tell the same of a person in the end; until then the first one counts. */
  private static Optional<AccountMember> member(Map<String, AccountMember> via) {
    return via.keySet().stream().min(Comparator.naturalOrder()).map(via::get);
  }

  private List<String> counted(Optional<AccountMember> member) {
    return member.flatMap(known -> model.map(each -> each.countedBy(known))).orElse(List.of());
  }

  /** Remembers a change, and reports the signals of the account that it changes. */
  List<AccountSignals.Change> make(Change change) {
    List<AccountSignals.Change> changes = new ArrayList<>(recountIfNeeded(change.account()));
    members.put(RowKeys.of(change.account(), change.person()), change.row().orElse(null));
    if (change.isNothingNew()) {
      return changes;
    }
    Totals sums = new Totals(totals(change.account()));
    change.before().ifPresent(member -> sums.add(member, change.countedBefore(), -1));
    change.after().ifPresent(member -> sums.add(member, change.countedAfter(), 1));
    keep(change.account(), sums);
    change.before().ifPresent(member -> index(change, member, null));
    change.after().ifPresent(member -> index(change, member, ""));
    changes.addAll(
        signals.update(change.account(), change.person(), change.before(), change.after()));
    return changes;
  }

  /** Sums over the people of an account. */
  AccountTotals totals(String account) {
    return Optional.ofNullable(totals.get(account))
        .orElseGet(() -> AccountTotals.newBuilder().setRules(fingerprint).build());
  }

  private void keep(String account, Totals sums) {
    AccountTotals after = sums.row(fingerprint);
    totals.put(account, after.getPeople() == 0 ? null : after);
  }

  /** The people with the highest scores, the highest first. */
  List<AccountModel.Scored> highest(String account, int most) {
    List<AccountModel.Scored> highest = new ArrayList<>();
    String rows = RowKeys.of(account, BY_SCORE);
    try (KeyValueIterator<String, String> ahead =
        index.range(RowKeys.first(rows), RowKeys.last(rows))) {
      while (highest.size() < most && ahead.hasNext()) {
        String person = RowKeys.end(ahead.next().key);
        AccountMemberState row = members.get(RowKeys.of(account, person));
        member(row.getVia())
            .ifPresent(member -> highest.add(new AccountModel.Scored(person, member)));
      }
    }
    return highest;
  }

  /** The latest time of the people's scores. */
  Optional<Instant> asOf(String account) {
    String rows = RowKeys.of(account, BY_TIME);
    try (KeyValueIterator<String, String> ahead =
        index.range(RowKeys.first(rows), RowKeys.last(rows))) {
      return ahead.hasNext()
          ? Optional.of(
              Instant.ofEpochMilli(
                  -SortableText.numberIn(ahead.next().key.substring(RowKeys.first(rows).length()))))
          : Optional.empty();
    }
  }

  private void index(Change change, AccountMember member, @Nullable String row) {
    String account = change.account();
    String person = change.person();
    member
        .getAsOf()
        .ifPresent(
            asOf -> {
              String score = SortableText.of(-member.getScore());
              String time = SortableText.of(-asOf.toEpochMilli());
              index.put(RowKeys.of(account, BY_SCORE, score, person), row);
              index.put(RowKeys.of(account, BY_TIME, time, person), row);
            });
  }

  private List<AccountSignals.Change> recountIfNeeded(String account) {
    Optional<AccountTotals> known = Optional.ofNullable(totals.get(account));
    if (known.filter(row -> !row.getRules().equals(fingerprint)).isEmpty()) {
      return List.of();
    }
    Totals sums = new Totals(AccountTotals.newBuilder().build());
    signals.forget(account);
    try (KeyValueIterator<String, AccountMemberState> rows =
        members.range(RowKeys.first(account), RowKeys.last(account))) {
      while (rows.hasNext()) {
        KeyValue<String, AccountMemberState> row = rows.next();
        member(row.value.getVia())
            .ifPresent(
                member -> {
                  sums.add(member, counted(Optional.of(member)), 1);
                  signals.remember(account, RowKeys.rest(row.key), member);
                });
      }
    }
    keep(account, sums);
    return signals.detectAll(account);
  }

  /** Sums that are being changed. */
  private static final class Totals {
    private long people;
    private long scored;
    private long sum;
    private final Map<String, Long> counts;

    Totals(AccountTotals row) {
      people = row.getPeople();
      scored = row.getScored();
      sum = row.getScoreSum();
      counts = new TreeMap<>(row.getCounts());
    }

    void add(AccountMember member, List<String> counted, int sign) {
      people += sign;
      if (member.getAsOf().isPresent()) {
        scored += sign;
        sum += (long) sign * member.getScore();
      }
      counted.forEach(rule -> counts.merge(rule, (long) sign, Long::sum));
      counts.values().removeIf(count -> count == 0);
    }

    AccountTotals row(String fingerprint) {
      return new AccountTotals(people, scored, sum, counts, fingerprint);
    }
  }
}
