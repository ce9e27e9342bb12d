package io.millrace.flow.account;

import io.millrace.event.AccountMember;
import io.millrace.event.AccountScore;
import io.millrace.event.AccountShare;
import io.millrace.event.AccountTotals;
import io.millrace.event.Contribution;
import io.millrace.flow.score.Threshold;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Calculates an account's score: a function of the scores and signals of its people, with the same
 * digits on every machine. People without a score do not count.
 *
 * @param min the lowest possible score, less than max
 */
public record AccountModel(
    String name,
    String version,
    int min,
    int max,
    List<AccountRule> rules,
    List<Threshold> thresholds) {
  private static final int DECIMALS = 2;

  public AccountModel {
    rules = rules.stream().sorted(Comparator.comparing(AccountRule::name)).toList();
    thresholds =
        thresholds.stream()
            .sorted(Comparator.comparingInt(Threshold::at).thenComparing(Threshold::name))
            .toList();
  }

  /** A person of the account. */
  record Scored(String person, AccountMember member) {}

  /** A rule's part of the score. */
  private record Part(AccountRule rule, long count, BigDecimal points) {}

  /** Name and version in one: {@code account-score/1}. */
  String title() {
    return name + "/" + version;
  }

  /** The rules that count people. */
  List<AccountRule.People> counting() {
    return rules.stream()
        .filter(AccountRule.People.class::isInstance)
        .map(AccountRule.People.class::cast)
        .toList();
  }

  /** The names of the rules that count a person. */
  List<String> countedBy(AccountMember member) {
    return member.getAsOf().isEmpty()
        ? List.of()
        : counting().stream()
            .filter(rule -> rule.condition().holds(member))
            .map(AccountRule::name)
            .toList();
  }

  /**
   * The score of an account.
   *
   * @param totals sums over all people
   * @param first the people with the highest scores, the highest first; at least one
   * @param asOf the latest time of the people's scores
   */
  AccountScore score(String account, AccountTotals totals, List<Scored> first, Instant asOf) {
    List<Part> parts = new ArrayList<>();
    for (AccountRule rule : rules) {
      Part part = part(rule, totals, first.getFirst().member().getScore());
      if (part.points().signum() != 0) {
        parts.add(part);
      }
    }
    return AccountScore.newBuilder()
        .setAccount(account)
        .setScore(sum(parts))
        .setContributions(parts.stream().map(AccountModel::contribution).toList())
        .setPeople(first.stream().map(each -> share(each, first, parts, totals)).toList())
        .setOthers(totals.getScored() - first.size())
        .setModel(title())
        .setAsOf(asOf)
        .build();
  }

  private static Part part(AccountRule rule, AccountTotals totals, int highest) {
    return switch (rule) {
      case AccountRule.People people -> {
        long count = Optional.ofNullable(totals.getCounts().get(people.name())).orElse(0L);
        yield part(people, count, BigDecimal.valueOf(count), people.points());
      }
      case AccountRule.Scores scores ->
          switch (scores.take()) {
            case HIGHEST -> part(scores, 1, BigDecimal.valueOf(highest), scores.factor());
            case SUM ->
                part(
                    scores,
                    totals.getScored(),
                    BigDecimal.valueOf(totals.getScoreSum()),
                    scores.factor());
            case AVERAGE -> part(scores, totals.getScored(), average(totals), scores.factor());
          };
    };
  }

  private static Part part(AccountRule rule, long count, BigDecimal taken, double points) {
    return new Part(rule, count, rounded(rule.capped(taken.multiply(BigDecimal.valueOf(points)))));
  }

  private static BigDecimal average(AccountTotals totals) {
    return BigDecimal.valueOf(totals.getScoreSum())
        .divide(BigDecimal.valueOf(totals.getScored()), MathContext.DECIMAL64);
  }

  /** The sum of all parts, rounded half to even, within min and max. */
  private int sum(List<Part> parts) {
    return parts.stream()
        .map(Part::points)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .setScale(0, RoundingMode.HALF_EVEN)
        .max(BigDecimal.valueOf(min))
        .min(BigDecimal.valueOf(max))
        .intValueExact();
  }

  private static Contribution contribution(Part part) {
    return new Contribution(part.rule().name(), part.count(), part.points().doubleValue());
  }

  private static AccountShare share(
      Scored person, List<Scored> first, List<Part> parts, AccountTotals totals) {
    boolean isFirst = person.equals(first.getFirst());
    BigDecimal points =
        parts.stream()
            .map(part -> share(person.member(), isFirst, part, totals))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return new AccountShare(
        person.person(), person.member().getScore(), rounded(points).doubleValue());
  }

  private static BigDecimal share(
      AccountMember member, boolean isFirst, Part part, AccountTotals totals) {
    return switch (part.rule()) {
      case AccountRule.People people ->
          people.condition().holds(member)
              ? part.points().divide(BigDecimal.valueOf(part.count()), MathContext.DECIMAL64)
              : BigDecimal.ZERO;
      case AccountRule.Scores scores ->
          switch (scores.take()) {
            case HIGHEST -> isFirst ? part.points() : BigDecimal.ZERO;
            case SUM, AVERAGE ->
                part.points()
                    .multiply(BigDecimal.valueOf(member.getScore()))
                    .divide(BigDecimal.valueOf(totals.getScoreSum()), MathContext.DECIMAL64);
          };
    };
  }

  private static BigDecimal rounded(BigDecimal points) {
    return points.setScale(DECIMALS, RoundingMode.HALF_EVEN);
  }
}
