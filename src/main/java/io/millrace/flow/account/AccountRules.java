package io.millrace.flow.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.yaml.Faults;
import io.millrace.yaml.InvalidFileException;
import io.millrace.yaml.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules about accounts: topology/rules/account-scoring.yaml and account-signals.yaml.
 *
 * @param scoring how accounts are scored, if they are
 */
public record AccountRules(Optional<AccountModel> scoring, List<AccountSignalRule> signals) {
  static final String SCORING = "account-scoring.yaml";
  static final String SIGNALS = "account-signals.yaml";

  private static final int FINGERPRINT_BYTES = 8;

  public AccountRules {
    signals = List.copyOf(signals);
  }

  /** Accounts without scores and signals. */
  public static AccountRules none() {
    return new AccountRules(Optional.empty(), List.of());
  }

  /**
   * Reads the files of a folder; both are optional.
   *
   * @param personSignals the names of all signals of people
   * @throws InvalidFileException with every fault in any of them
   */
  public static AccountRules load(Path directory, Set<String> personSignals) {
    Faults faults = new Faults();
    Path scoring = directory.resolve(SCORING);
    Path signals = directory.resolve(SIGNALS);
    Optional<AccountModel> model =
        Files.exists(scoring)
            ? YamlFile.read(scoring, faults, new AccountScoringReader(personSignals)::read)
            : Optional.empty();
    Optional<List<AccountSignalRule>> rules =
        Files.exists(signals)
            ? YamlFile.read(signals, faults, file -> AccountSignalsReader.read(file, personSignals))
            : Optional.empty();
    faults.refuse();
    return new AccountRules(model, rules.orElse(List.of()));
  }

  /** Identifies what is counted while people change; it is counted again when this changes. */
  String fingerprint() {
    List<String> counted = new ArrayList<>();
    scoring.ifPresent(
        model ->
            model.counting().forEach(rule -> counted.add(rule.name() + " " + rule.condition())));
    signals.forEach(rule -> counted.add(rule.toString()));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(String.join("\n", counted).getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("This Java has no SHA-256", impossible);
    }
  }
}
