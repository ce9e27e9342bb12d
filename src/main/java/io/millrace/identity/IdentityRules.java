package io.millrace.identity;

import io.millrace.yaml.InvalidFileException;
import io.millrace.yaml.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules in topology/rules/identity.yaml.
 *
 * @param people kinds of identifiers of people that join, the strongest first
 * @param accounts the same for accounts; no kind is in both
 * @param largest more identifiers than this that are all linked are held
 * @param freeMail domains of e-mail addresses that say nothing about an account, in lower case
 * @param erasureRequests what happens when a sender asks to erase a person
 */
public record IdentityRules(
    List<KindRule> people,
    List<KindRule> accounts,
    int largest,
    Set<String> freeMail,
    ErasureRequests erasureRequests) {
  static final String FILE = "identity.yaml";

  public IdentityRules {
    people = List.copyOf(people);
    accounts = List.copyOf(accounts);
    freeMail = Set.copyOf(freeMail);
  }

  /** What happens when a sender asks to erase a person, and the edge has proved who asks. */
  public enum ErasureRequests {
    /** The person is erased. */
    ERASE,
    /** The request is only reported: an operator erases the person. */
    REPORT
  }

  /** Rules by which senders' requests erase. */
  public IdentityRules(
      List<KindRule> people, List<KindRule> accounts, int largest, Set<String> freeMail) {
    this(people, accounts, largest, freeMail, ErasureRequests.ERASE);
  }

  /** Rules by which nothing joins: every identifier is a person by itself. */
  public static IdentityRules none() {
    return new IdentityRules(List.of(), List.of(), 1, Set.of());
  }

  /**
   * Reads the file of a folder; without the file nothing joins.
   *
   * @throws InvalidFileException with every fault of the file
   */
  public static IdentityRules load(Path directory) {
    Path file = directory.resolve(FILE);
    return Files.exists(file) ? YamlFile.read(file, IdentityReader::read) : none();
  }

  /** The rank of a kind, 0 for the strongest; the largest number for a kind that joins nothing. */
  public int rank(String kind) {
    return rank(people, kind).or(() -> rank(accounts, kind)).orElse(Integer.MAX_VALUE);
  }

  private static Optional<Integer> rank(List<KindRule> rules, String kind) {
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).kind().equals(kind)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** The rule of a kind, if it joins anything. */
  public Optional<KindRule> rule(String kind) {
    return rank(people, kind).map(people::get).or(() -> rank(accounts, kind).map(accounts::get));
  }

  /** Whether a kind identifies accounts; every kind that is not listed identifies people. */
  public boolean isOfAccounts(String kind) {
    return rank(accounts, kind).isPresent();
  }

  /** Whether an identifier may join others at all. */
  public boolean joins(String kind, String value) {
    return rule(kind)
        .filter(rule -> rule.never().stream().noneMatch(never -> never.matches(value)))
        .isPresent();
  }

  /**
   * The domain of an account, as a text writes it; empty for one of free mail, where everybody has
   * an e-mail address.
   */
  public Optional<String> accountDomain(String text) {
    return Domains.of(text).filter(domain -> !freeMail.contains(domain));
  }
}
