package io.millrace.cli.identity;

import io.millrace.app.CommandException;
import io.millrace.event.IdentityDecision;
import io.millrace.identity.IdentityRules;
import io.millrace.identity.whatif.Decisions;
import io.millrace.identity.whatif.KnownOwner;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decisions that make no sense, or would change nothing. */
record Refusals(IdentityRules rules) {

  /**
   * Refuses what cannot be meant.
   *
   * @param made what has been decided about the identifiers
   * @throws CommandException saying what is wrong, and what to do
   */
  void check(Wish wish, List<IdentityDecision> made) {
    if (wish.isPair()) {
      checkPair(wish);
    }
    wish.about().forEach(each -> refuseErased(each, made));
    switch (wish.verb()) {
      case JOIN -> checkJoin(wish, made);
      case SPLIT -> checkSplit(wish);
      case BLOCK -> checkBlock(wish, made);
      case WITHDRAW -> checkWithdrawal(wish, made);
    }
  }

  private void checkPair(Wish wish) {
    Found first = wish.about().getFirst();
    Found second = wish.about().getLast();
    if (first.id().equals(second.id())) {
      throw CommandException.usage(
          "Both are the same identifier, %s: name two different ones".formatted(first.inWords()));
    }
    if (isAccount(first) != isAccount(second)) {
      Found account = isAccount(first) ? first : second;
      Found person = isAccount(first) ? second : first;
      throw CommandException.usage(
          "%s belongs to an account and %s to a person: only two of the same can be one"
              .formatted(account.inWords(), person.inWords()));
    }
  }

  private boolean isAccount(Found found) {
    String kind = found.end().getKind();
    return found.owner().map(KnownOwner::isAccount).orElseGet(() -> rules.isOfAccounts(kind));
  }

  private static void refuseErased(Found found, List<IdentityDecision> made) {
    if (found.state().equals(Decisions.ERASED)
        || latest(made, found.id()).filter(Decisions.ERASED::equals).isPresent()) {
      throw CommandException.usage(
          "%s was erased, and nothing can be decided about it".formatted(found.inWords()));
    }
  }

  private static void checkJoin(Wish wish, List<IdentityDecision> made) {
    for (Found each : wish.about()) {
      if (latest(made, each.id()).filter(Decisions.BLOCK::equals).isPresent()) {
        throw CommandException.usage(
            "%s is blocked and joins nobody: withdraw that first (identity withdraw)"
                .formatted(each.inWords()));
      }
    }
    if (wish.isOne() && !wish.isInAdvance()) {
      throw CommandException.no(
          ("%s are one already (%s). Add --in-advance to decide it all the same, so that no limit"
                  + " separates them later")
              .formatted(wish.inWords(), wish.about().getFirst().ownerId()));
    }
  }

  private static void checkSplit(Wish wish) {
    if (!wish.isOne() && !wish.isInAdvance()) {
      throw CommandException.no(
          ("%s are not one: they belong to %s and %s. Add --in-advance to decide it all the same,"
                  + " so that they never become one")
              .formatted(
                  wish.inWords(),
                  wish.about().getFirst().ownerId(),
                  wish.about().getLast().ownerId()));
    }
  }

  private static void checkBlock(Wish wish, List<IdentityDecision> made) {
    if (latest(made, wish.about().getFirst().id()).filter(Decisions.BLOCK::equals).isPresent()) {
      throw CommandException.no("%s is blocked already".formatted(wish.inWords()));
    }
  }

  private static void checkWithdrawal(Wish wish, List<IdentityDecision> made) {
    Optional<String> latest = latest(made, key(wish));
    if (latest.filter(decision -> !decision.equals(Decisions.WITHDRAWN)).isEmpty()) {
      throw CommandException.no(
          ("Nothing is decided about %s%s; identity show lists what was decided about an"
                  + " identifier and about its pairs")
              .formatted(wish.inWords(), wish.isPair() ? " as a pair" : " alone"));
    }
  }

  private static String key(Wish wish) {
    return wish.about().stream().map(Found::id).sorted().collect(Collectors.joining("/"));
  }

  private static Optional<String> latest(List<IdentityDecision> made, String key) {
    return made.stream()
        .filter(each -> Decisions.key(each).equals(key))
        .map(IdentityDecision::getDecision)
        .reduce((earlier, later) -> later);
  }
}
