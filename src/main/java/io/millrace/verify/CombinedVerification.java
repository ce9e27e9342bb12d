package io.millrace.verify;

import io.millrace.model.Assurance;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Several schemes for one request, of which one or all have to pass. */
public record CombinedVerification(Need need, List<Member> members) implements Verification {

  /** How many of the members have to pass. */
  public enum Need {
    ANY,
    ALL
  }

  /**
   * One of the schemes.
   *
   * @param use which secrets it uses, by their {@link Secret#use}; unused if the member is itself
   *     combined
   */
  public record Member(Verification verification, String use) {
    Set<String> uses() {
      return verification instanceof CombinedVerification combined ? combined.uses() : Set.of(use);
    }
  }

  /**
   * Makes a combination, unless it would be weaker than it looks.
   *
   * @param downgrade whether one scheme may prove less than another; a forger would choose the
   *     weakest
   * @throws IllegalArgumentException if the combination is invalid; the message says why
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
    require(members.size() > 1, "a combination needs at least two schemes");
    require(
        members.stream().noneMatch(member -> member.verification() instanceof Verification.None),
        "the scheme none proves nothing, so it cannot be combined");
    Set<String> shown = uses(leaves(members).filter(CombinedVerification::isShown));
    Set<String> keys = uses(leaves(members).filter(leaf -> !isShown(leaf)));
    require(
        shown.stream().noneMatch(keys::contains),
        "a secret that is sent cannot also be a key, because anyone who sees a request could sign"
            + " with it: give one of them its own use, such as use: token");
    require(
        members.stream().noneMatch(member -> member.use().equals(Secret.HANDSHAKE)),
        "the use handshake is reserved; choose another name");
  }

  private void requireEqualStrength() {
    Verification first = members.getFirst().verification();
    for (Member member : members) {
      Verification other = member.verification();
      require(
          other.assurance() == first.assurance() && other.limitsAge() == first.limitsAge(),
          ("anyOf mixes %s with %s, and a forger would choose the weaker one: use two sources, or"
                  + " set downgrade: accepted")
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
  public Assurance strongestAssurance() {
    return members.stream()
        .map(member -> member.verification().strongestAssurance())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  @Override
  public String summary() {
    List<String> schemes =
        members.stream().map(member -> member.verification().summary()).distinct().toList();
    // The same scheme with several kinds of key is still that scheme.
    return schemes.size() == 1
        ? schemes.getFirst()
        : schemes.stream()
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
  public SignedParts signedParts() {
    return members.stream()
        .map(member -> member.verification().signedParts())
        .reduce(need == Need.ALL ? SignedParts::or : SignedParts::and)
        .orElseThrow();
  }

  @Override
  public boolean verifiesUrl() {
    return members.stream().anyMatch(member -> member.verification().verifiesUrl());
  }

  @Override
  public boolean limitsAge() {
    Stream<Verification> each = members.stream().map(Member::verification);
    return need == Need.ALL
        ? each.anyMatch(Verification::limitsAge)
        : each.allMatch(Verification::limitsAge);
  }

  private static void require(boolean valid, String fault) {
    if (!valid) {
      throw new IllegalArgumentException(fault);
    }
  }
}
