package io.millrace.verify;

import io.millrace.model.Assurance;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Several ways to verify a request, of which one has to pass, or every one. */
public record CombinedVerification(Need need, List<Member> members) implements Verification {

  /** How many of the members have to pass. */
  public enum Need {
    ANY,
    ALL
  }

  /**
   * One of the ways.
   *
   * @param use which secrets count for it, as {@link Secret#use} says it; a member that is itself
   *     combined has members that say so
   */
  public record Member(Verification verification, String use) {
    Set<String> uses() {
      return verification instanceof CombinedVerification combined ? combined.uses() : Set.of(use);
    }
  }

  /**
   * Refuses what would be weaker than it looks.
   *
   * @param downgrade whether one way may prove less than another, which whoever forges would choose
   * @throws IllegalArgumentException saying what is wrong
   */
  public static CombinedVerification of(Need need, List<Member> members, boolean downgrade) {
    CombinedVerification combined = new CombinedVerification(need, members);
    if (need == Need.ANY && !downgrade) {
      combined.requireEqualStrength();
    }
    return combined;
  }

  public CombinedVerification {
    members = List.copyOf(members);
    require(members.size() > 1, "it takes at least two ways to verify to combine them");
    require(
        members.stream().noneMatch(member -> member.verification() instanceof Verification.None),
        "the scheme none proves nothing, so it cannot be combined");
    Set<String> shown = uses(leaves(members).filter(CombinedVerification::isShown));
    Set<String> keys = uses(leaves(members).filter(leaf -> !isShown(leaf)));
    require(
        shown.stream().noneMatch(keys::contains),
        "a secret that is shown cannot also be a key, because whoever sees a request could sign"
            + " with it: give one a use of its own, as in use: token");
    require(
        members.stream().noneMatch(member -> member.use().equals(Secret.HANDSHAKE)),
        "the use handshake is taken; choose another word");
  }

  private void requireEqualStrength() {
    Verification first = members.getFirst().verification();
    for (Member member : members) {
      Verification other = member.verification();
      require(
          other.assurance() == first.assurance() && other.limitsAge() == first.limitsAge(),
          ("anyOf mixes %s with %s, and whoever forges would choose the weaker: use two sources, or"
                  + " say downgrade: accepted")
              .formatted(strength(first), strength(other)));
    }
  }

  private static String strength(Verification verification) {
    return "%s (%s, %s)"
        .formatted(
            verification.summary(),
            verification.assurance(),
            verification.limitsAge() ? "age limited" : "of any age");
  }

  private static Stream<Member> leaves(List<Member> members) {
    return members.stream()
        .flatMap(
            member ->
                member.verification() instanceof CombinedVerification combined
                    ? leaves(combined.members())
                    : Stream.of(member));
  }

  private static boolean isShown(Member leaf) {
    return leaf.verification() instanceof Verification.Token
        || leaf.verification() instanceof Verification.Basic;
  }

  private static Set<String> uses(Stream<Member> members) {
    return members.map(Member::use).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Assurance assurance() {
    Comparator<Assurance> strongestFirst = Comparator.naturalOrder();
    return members.stream()
        .map(member -> member.verification().assurance())
        .min(need == Need.ALL ? strongestFirst : strongestFirst.reversed())
        .orElseThrow();
  }

  @Override
  public String summary() {
    return members.stream()
        .map(member -> member.verification().summary())
        .collect(Collectors.joining("+", need.name().toLowerCase(Locale.ROOT) + "(", ")"));
  }

  @Override
  public List<ValueLocation> credentials() {
    return members.stream()
        .flatMap(member -> member.verification().credentials().stream())
        .toList();
  }

  @Override
  public Set<String> uses() {
    return members.stream()
        .flatMap(member -> member.uses().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean limitsAge() {
    Stream<Verification> each = members.stream().map(Member::verification);
    return need == Need.ALL
        ? each.anyMatch(Verification::limitsAge)
        : each.allMatch(Verification::limitsAge);
  }

  private static void require(boolean sound, String fault) {
    if (!sound) {
      throw new IllegalArgumentException(fault);
    }
  }
}
