package io.millrace.flow.account;

import io.millrace.event.Account;
import io.millrace.event.AccountIdentifier;
import io.millrace.event.AccountScore;
import io.millrace.event.AccountShare;
import io.millrace.event.AccountSignal;
import io.millrace.event.Contribution;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.LeadScore;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.Person;
import io.millrace.event.Signal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Accounts as they must be in the end: worked out from lists, without stores and messages. */
final class NaiveAccounts {
  private static final List<String> RANKS = List.of("domain", "account");
  private static final int SHOWN = 20;

  final Map<String, Person> people = new TreeMap<>();
  final Map<String, LeadScore> scores = new TreeMap<>();
  final Map<String, Signal> signals = new TreeMap<>();
  final Map<String, IdentityAssignment> assignments = new TreeMap<>();
  final List<IdentifierSighting> sightings = new ArrayList<>();

  /** The identifiers of accounts that anything names. */
  private Map<String, LinkedIdentifier> identifiers() {
    Map<String, LinkedIdentifier> all = new TreeMap<>();
    people.values().forEach(p -> p.getAccounts().forEach(a -> all.put(a.getId(), a)));
    assignments.forEach((id, each) -> all.put(id, each.getIdentifier()));
    sightings.forEach(
        each -> {
          var seen = each.getIdentifiers().getFirst();
          all.put(
              seen.getId(), new LinkedIdentifier(seen.getId(), seen.getKind(), seen.getSystem()));
        });
    return all;
  }

  private Map<String, List<String>> identifiersOfAccounts() {
    Map<String, List<String>> accounts = new TreeMap<>();
    for (String id : identifiers().keySet()) {
      IdentityAssignment assignment = assignments.get(id);
      if (assignment == null) {
        accounts.computeIfAbsent(id, added -> new ArrayList<>()).add(id);
      } else if (!Set.of("BLOCKED", "ERASED").contains(assignment.getState())) {
        accounts.computeIfAbsent(assignment.getOwner(), added -> new ArrayList<>()).add(id);
      }
    }
    return accounts;
  }

  private Set<String> peopleOf(List<String> ids) {
    Set<String> members = new TreeSet<>();
    people.forEach(
        (id, person) -> {
          if (person.getAccounts().stream().anyMatch(each -> ids.contains(each.getId()))) {
            members.add(id);
          }
        });
    return members;
  }

  private AccountIdentifier identifier(LinkedIdentifier linked) {
    AccountIdentifier.Builder row =
        AccountIdentifier.newBuilder()
            .setId(linked.getId())
            .setKind(linked.getKind())
            .setSystem(linked.getSystem());
    IdentityAssignment assignment = assignments.get(linked.getId());
    if (assignment != null) {
      row.setState(assignment.getState())
          .setJoinedBy(assignment.getJoinedBy().orElse(null))
          .setApartFrom(assignment.getApartFrom());
    }
    List<LocalDate> days = new ArrayList<>();
    for (IdentifierSighting each : sightings) {
      if (each.getIdentifiers().getFirst().getId().equals(linked.getId())) {
        row.setValue(each.getIdentifiers().getFirst().getValue());
        days.add(LocalDate.ofInstant(each.getEvidence().getOccurredAt(), ZoneOffset.UTC));
      }
    }
    days.sort(null);
    if (!days.isEmpty()) {
      row.setFirstSeen(days.getFirst()).setLastSeen(days.getLast());
    }
    return row.build();
  }

  Map<String, Account> accounts() {
    Map<String, Account> rows = new TreeMap<>();
    identifiersOfAccounts()
        .forEach(
            (account, ids) -> {
              List<AccountIdentifier> all =
                  new ArrayList<>(
                      ids.stream().map(identifiers()::get).map(this::identifier).toList());
              all.sort(
                  Comparator.<AccountIdentifier, Boolean>comparing(i -> !i.getId().equals(account))
                      .thenComparingInt(i -> RANKS.indexOf(i.getKind()))
                      .thenComparing(AccountIdentifier::getSystem)
                      .thenComparing(i -> i.getValue().orElse(""))
                      .thenComparing(AccountIdentifier::getId));
              List<LocalDate> days = new ArrayList<>();
              all.forEach(i -> i.getFirstSeen().ifPresent(days::add));
              all.forEach(i -> i.getLastSeen().ifPresent(days::add));
              days.sort(null);
              rows.put(
                  account,
                  new Account(
                      account,
                      all,
                      (long) peopleOf(ids).size(),
                      days.isEmpty() ? null : days.getFirst(),
                      days.isEmpty() ? null : days.getLast()));
            });
    return rows;
  }

  private Set<String> signalsOf(String person) {
    Set<String> names = new TreeSet<>();
    signals.values().stream()
        .filter(each -> each.getPerson().equals(person) && !each.getStatus().equals("RETRACTED"))
        .forEach(each -> names.add(each.getSignal()));
    return names;
  }

  /** As {@code RandomAccounts.RULES} says. */
  Map<String, AccountScore> accountScores() {
    Map<String, AccountScore> rows = new TreeMap<>();
    identifiersOfAccounts()
        .forEach(
            (account, ids) -> {
              List<LeadScore> all =
                  new ArrayList<>(
                      peopleOf(ids).stream().filter(scores::containsKey).map(scores::get).toList());
              if (!all.isEmpty()) {
                all.sort(
                    Comparator.comparingInt(LeadScore::getScore)
                        .reversed()
                        .thenComparing(LeadScore::getPerson));
                rows.put(account, score(account, all));
              }
            });
    return rows;
  }

  private AccountScore score(String account, List<LeadScore> all) {
    long sum = all.stream().mapToLong(LeadScore::getScore).sum();
    List<LeadScore> keen =
        all.stream()
            .filter(s -> s.getScore() >= 40 || signalsOf(s.getPerson()).contains("prices"))
            .toList();
    BigDecimal count = BigDecimal.valueOf(all.size());
    BigDecimal average = BigDecimal.valueOf(sum).divide(count, MathContext.DECIMAL64);
    Map<String, BigDecimal> points = new TreeMap<>();
    points.put("average", round(average.multiply(new BigDecimal("0.3"))));
    points.put("highest", round(new BigDecimal(all.getFirst().getScore()).multiply(half())));
    points.put("keen", new BigDecimal(Math.min(25, keen.size() * 10)));
    points.put(
        "sum",
        round(new BigDecimal(sum).multiply(new BigDecimal("-0.01")).max(new BigDecimal("-2.5"))));
    Map<String, Long> counts =
        Map.of(
            "average",
            (long) all.size(),
            "highest",
            1L,
            "keen",
            (long) keen.size(),
            "sum",
            (long) all.size());
    points.values().removeIf(each -> each.signum() == 0);
    List<AccountShare> shares = new ArrayList<>();
    for (LeadScore each : all.subList(0, Math.min(SHOWN, all.size()))) {
      BigDecimal share = BigDecimal.ZERO;
      for (Map.Entry<String, BigDecimal> part : points.entrySet()) {
        share =
            share.add(
                switch (part.getKey()) {
                  case "highest" -> each.equals(all.getFirst()) ? part.getValue() : BigDecimal.ZERO;
                  case "keen" ->
                      keen.contains(each)
                          ? part.getValue()
                              .divide(new BigDecimal(keen.size()), MathContext.DECIMAL64)
                          : BigDecimal.ZERO;
                  default ->
                      part.getValue()
                          .multiply(new BigDecimal(each.getScore()))
                          .divide(new BigDecimal(sum), MathContext.DECIMAL64);
                });
      }
      shares.add(new AccountShare(each.getPerson(), each.getScore(), round(share).doubleValue()));
    }
    BigDecimal total = points.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    int score = Math.max(0, Math.min(100, total.setScale(0, RoundingMode.HALF_EVEN).intValue()));
    return new AccountScore(
        account,
        score,
        points.entrySet().stream()
            .map(
                p ->
                    new Contribution(
                        p.getKey(), counts.get(p.getKey()), p.getValue().doubleValue()))
            .toList(),
        shares,
        (long) Math.max(0, all.size() - SHOWN),
        "accounts/1",
        all.stream().map(LeadScore::getAsOf).max(Comparator.naturalOrder()).orElseThrow());
  }

  private static BigDecimal half() {
    return new BigDecimal("0.5");
  }

  private static BigDecimal round(BigDecimal points) {
    return points.setScale(2, RoundingMode.HALF_EVEN);
  }

  /** A person's signal. */
  private record Moment(Instant at, String person) {}

  Map<String, AccountSignal> accountSignals(List<AccountSignalRule> rules) {
    Map<String, AccountSignal> found = new TreeMap<>();
    identifiersOfAccounts()
        .forEach(
            (account, ids) ->
                rules.forEach(
                    rule ->
                        crowds(account, peopleOf(ids), rule)
                            .forEach(each -> found.put(each.getSignalId(), each))));
    return found;
  }

  private List<AccountSignal> crowds(String account, Set<String> members, AccountSignalRule rule) {
    List<Moment> all =
        signals.values().stream()
            .filter(each -> members.contains(each.getPerson()))
            .filter(each -> each.getSignal().equals(rule.with()))
            .filter(each -> !each.getStatus().equals("RETRACTED"))
            .map(each -> new Moment(each.getCompletedAt(), each.getPerson()))
            .distinct()
            .sorted(Comparator.comparing(Moment::at).thenComparing(Moment::person))
            .toList();
    List<AccountSignal> found = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Map<String, Instant> now = latest(all.subList(0, i + 1), rule.within());
      boolean before = i > 0 && latest(all.subList(0, i), rule.within()).size() >= rule.people();
      if (now.size() >= rule.people() && !before) {
        Moment last = all.get(i);
        found.add(
            new AccountSignal(
                account + "|" + rule.name() + "|" + last.at() + "|" + last.person(),
                rule.name(),
                account,
                "STANDS",
                now.keySet().stream().sorted().toList(),
                now.values().stream().min(Comparator.naturalOrder()).orElseThrow(),
                last.at(),
                rule.description()));
      }
    }
    return found;
  }

  /** The people within the span that ends with the last of some moments. */
  private static Map<String, Instant> latest(List<Moment> moments, Duration within) {
    Map<String, Instant> latest = new HashMap<>();
    Instant from = moments.getLast().at().minus(within);
    moments.stream()
        .filter(each -> !each.at().isBefore(from))
        .forEach(each -> latest.put(each.person(), each.at()));
    return latest;
  }
}
