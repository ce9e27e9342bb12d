package io.millrace.flow.account;

import io.millrace.event.AccountMember;
import io.millrace.event.StandingSignal;
import io.millrace.event.StandingSignals;
import io.millrace.model.SortableText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Finds the signals of accounts, as rows of the index: a mark for each moment at which a person
 * completed a signal, and a row for each signal of the account that was told.
 *
 * <p>A change of one mark can only change what is completed within the span after it, and nothing
 * behind the marks of as many other people as the rule needs: they make a crowd without it. So a
 * change costs a few rows, however many people the account has.
 */
final class AccountSignals {
  private static final String MARKS = "m";
  private static final String TOLD = "e";

  private final List<AccountSignalRule> rules;
  private final KeyValueStore<String, String> index;

  AccountSignals(List<AccountSignalRule> rules, KeyValueStore<String, String> index) {
    this.rules = List.copyOf(rules);
    this.index = index;
  }

  /** A signal before and after a change; both are there if it was corrected. */
  record Change(AccountSignalRule rule, Optional<Crowd> before, Optional<Crowd> after) {}

  /** Remembers what changed of a person, and reports what it changes for the account. */
  List<Change> update(
      String account,
      String person,
      Optional<AccountMember> before,
      Optional<AccountMember> after) {
    List<Change> changes = new ArrayList<>();
    for (String name : rules.stream().map(AccountSignalRule::with).distinct().toList()) {
      NavigableSet<Instant> old = completed(before, name);
      NavigableSet<Instant> now = completed(after, name);
      for (Instant gone : old) {
        if (!now.contains(gone)) {
          index.put(mark(account, name, new Crowd.Mark(gone, person)), null);
          // The latest signals of a person are known; what came before them stays as it is.
          if (!isSettled(gone, now)) {
            changes.addAll(detect(account, name, new Crowd.Mark(gone, person)));
          }
        }
      }
      for (Instant added : now) {
        if (!old.contains(added)) {
          index.put(mark(account, name, new Crowd.Mark(added, person)), "");
          changes.addAll(detect(account, name, new Crowd.Mark(added, person)));
        }
      }
    }
    return changes;
  }

  private static boolean isSettled(Instant gone, NavigableSet<Instant> now) {
    return now.size() >= AccountPerson.MOST_SIGNALS && gone.isBefore(now.first());
  }

  private static NavigableSet<Instant> completed(Optional<AccountMember> member, String name) {
    NavigableSet<Instant> times = new TreeSet<>();
    for (StandingSignals signals : member.map(AccountMember::getSignals).orElse(List.of())) {
      if (signals.getSignal().equals(name)) {
        signals.getStanding().stream().map(StandingSignal::getCompletedAt).forEach(times::add);
      }
    }
    return times;
  }

  /** Adds the marks of a person without looking for signals. */
  void remember(String account, String person, AccountMember member) {
    rules.stream()
        .map(AccountSignalRule::with)
        .distinct()
        .forEach(
            name ->
                completed(Optional.of(member), name)
                    .forEach(at -> index.put(mark(account, name, new Crowd.Mark(at, person)), "")));
  }

  /** Removes all marks of an account. */
  void forget(String account) {
    String rows = RowKeys.of(account, MARKS);
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, String> all =
        index.range(RowKeys.first(rows), RowKeys.last(rows))) {
      all.forEachRemaining(row -> keys.add(row.key));
    }
    keys.forEach(key -> index.put(key, null));
  }

  /** Compares everything that is found with everything that was told. */
  List<Change> detectAll(String account) {
    List<Change> changes = new ArrayList<>();
    for (AccountSignalRule rule : rules) {
      String marks = RowKeys.of(account, MARKS, rule.with());
      List<Crowd.Mark> all = read(RowKeys.first(marks), RowKeys.last(marks));
      String told = RowKeys.of(account, TOLD, rule.name());
      changes.addAll(
          replace(
              account,
              rule,
              RowKeys.first(told),
              RowKeys.last(told),
              Crowd.completed(rule, List.of(), all)));
    }
    return changes;
  }

  private List<Change> detect(String account, String name, Crowd.Mark changed) {
    List<Change> changes = new ArrayList<>();
    for (AccountSignalRule rule : rules) {
      if (rule.with().equals(name)) {
        changes.addAll(detect(account, rule, changed));
      }
    }
    return changes;
  }

  private List<Change> detect(String account, AccountSignalRule rule, Crowd.Mark changed) {
    List<Crowd.Mark> ahead = ahead(account, rule, changed);
    Crowd.Mark last = ahead.isEmpty() ? changed : ahead.getLast();
    return replace(
        account,
        rule,
        told(account, rule, changed),
        told(account, rule, last.compareTo(changed) < 0 ? changed : last),
        Crowd.completed(rule, back(account, rule, changed), ahead));
  }

  /** The marks before a changed one with which a signal at it, or behind it, can begin. */
  private List<Crowd.Mark> back(String account, AccountSignalRule rule, Crowd.Mark changed) {
    List<Crowd.Mark> back = new ArrayList<>();
    NavigableSet<String> people = new TreeSet<>();
    String from = RowKeys.first(RowKeys.of(account, MARKS, rule.with()));
    String to = mark(account, rule.with(), changed);
    try (KeyValueIterator<String, String> rows = index.reverseRange(from, to)) {
      while (people.size() < rule.people() && rows.hasNext()) {
        String key = rows.next().key;
        Crowd.Mark mark = markIn(key);
        if (key.equals(to)) {
          continue;
        }
        if (!back.isEmpty() && mark.at().isBefore(back.getLast().at().minus(rule.within()))) {
          break;
        }
        back.addFirst(mark);
        people.add(mark.person());
      }
    }
    return back;
  }

  /** The changed mark, if it is there, and those behind it whose signal can depend on it. */
  private List<Crowd.Mark> ahead(String account, AccountSignalRule rule, Crowd.Mark changed) {
    List<Crowd.Mark> ahead = new ArrayList<>();
    NavigableSet<String> people = new TreeSet<>();
    String from = mark(account, rule.with(), changed);
    String to = RowKeys.last(RowKeys.of(account, MARKS, rule.with()));
    Instant until = changed.at().plus(rule.within());
    try (KeyValueIterator<String, String> rows = index.range(from, to)) {
      while (people.size() < rule.people() && rows.hasNext()) {
        Crowd.Mark mark = markIn(rows.next().key);
        ahead.add(mark);
        if (mark.at().isAfter(until)) {
          break;
        }
        if (!mark.equals(changed)) {
          people.add(mark.person());
        }
      }
    }
    return ahead;
  }

  /** Replaces what was told between two keys by what is found there. */
  private List<Change> replace(
      String account, AccountSignalRule rule, String from, String to, List<Crowd> found) {
    NavigableMap<String, Crowd> before = new TreeMap<>();
    try (KeyValueIterator<String, String> rows = index.range(from, to)) {
      while (rows.hasNext()) {
        KeyValue<String, String> row = rows.next();
        before.put(row.key, Crowd.of(markIn(row.key), row.value));
      }
    }
    NavigableMap<String, Crowd> after = new TreeMap<>();
    found.forEach(crowd -> after.put(told(account, rule, crowd.last()), crowd));
    List<Change> changes = new ArrayList<>();
    before.forEach(
        (key, crowd) -> {
          if (!after.containsKey(key)) {
            index.put(key, null);
            changes.add(new Change(rule, Optional.of(crowd), Optional.empty()));
          }
        });
    after.forEach(
        (key, crowd) -> {
          Optional<Crowd> known = Optional.ofNullable(before.get(key));
          if (!known.equals(Optional.of(crowd))) {
            index.put(key, crowd.text());
            changes.add(new Change(rule, known, Optional.of(crowd)));
          }
        });
    return changes;
  }

  private List<Crowd.Mark> read(String from, String to) {
    List<Crowd.Mark> marks = new ArrayList<>();
    try (KeyValueIterator<String, String> rows = index.range(from, to)) {
      rows.forEachRemaining(row -> marks.add(markIn(row.key)));
    }
    return marks;
  }

  private static String mark(String account, String name, Crowd.Mark mark) {
    return RowKeys.of(account, MARKS, name, time(mark), mark.person());
  }

  private static String told(String account, AccountSignalRule rule, Crowd.Mark last) {
    return RowKeys.of(account, TOLD, rule.name(), time(last), last.person());
  }

  private static String time(Crowd.Mark mark) {
    return SortableText.of(mark.at().toEpochMilli());
  }

  /** The mark in the last two parts of a key. */
  private static Crowd.Mark markIn(String key) {
    String person = RowKeys.end(key);
    String rest = key.substring(0, key.length() - person.length() - 1);
    return new Crowd.Mark(Instant.ofEpochMilli(SortableText.numberIn(RowKeys.end(rest))), person);
  }
}
