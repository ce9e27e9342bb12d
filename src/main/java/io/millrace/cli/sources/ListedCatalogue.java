package io.millrace.cli.sources;

import io.millrace.cli.Durations;
import io.millrace.cli.Table;
import io.millrace.provider.Catalogue;
import io.millrace.provider.Evidence;
import io.millrace.provider.Evidence.Fact;
import io.millrace.provider.Evidence.Proof;
import io.millrace.provider.Provider;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The catalogue as {@code sources list} shows it: one line for each entry, at most 120 columns. */
final class ListedCatalogue {
  /** Marks entries whose verification no program of anybody else has confirmed. */
  static final String OWN_READING = "own reading";

  private static final int COLUMNS = 120;

  private ListedCatalogue() {}

  /**
   * @param today the day from which the age of the evidence is counted
   */
  static void print(Catalogue catalogue, LocalDate today, PrintWriter out) {
    out.println("Catalogue (details of one entry: --provider NAME):");
    Table table =
        new Table(
            "PROVIDER",
            "SCHEME",
            "PROVES",
            "VERIFIED BY",
            "EVENTS BY",
            "AGE",
            "RETRIES",
            "WAITS",
            "TITLE");
    for (Provider provider : catalogue.all()) {
      table.row(
          provider.name(),
          provider.verification().summary(),
          provider.verification().assurance().name(),
          authority(provider, Fact.VERIFICATION) + (provider.isOwnReading() ? "*" : ""),
          authority(provider, Fact.EVENTS),
          provider.evidence().oldest().map(day -> days(day, today) + " d").orElse("-"),
          Durations.inWords(provider.retryHorizon()) + (provider.anyAnswerIsSuccess() ? " !" : ""),
          provider.responseLimit().map(Durations::inWords).orElse("?"),
          provider.title());
    }
    table.print(out, COLUMNS);
    out.println();
    out.println(
        "RETRIES is how long the provider retries; ! means that it never does, not even after"
            + " 503.");
    out.println(
        "WAITS is how long it waits for an answer. VERIFIED BY and EVENTS BY name the"
            + " evidence:");
    for (Proof proof : Proof.values()) {
      out.println("  %-14s %s".formatted(word(proof), proof.meaning()));
    }
    out.println("  %-14s %s".formatted("-", "none: the usual field names are tried"));
    out.println(
        "  %-14s %s"
            .formatted(
                "*",
                OWN_READING + ": no program of anybody else agrees with the verification yet"));
    out.println(
        "AGE is the time in days since the entry was last compared with its evidence: the longest, if"
            + " facts differ.");
    oldest(catalogue)
        .ifPresent(
            day ->
                out.println("Oldest evidence: %s, %d days ago.".formatted(day, days(day, today))));
  }

  private static String authority(Provider provider, Fact fact) {
    return provider
        .evidence()
        .of(fact)
        .map(Evidence.Authority::proof)
        .map(ListedCatalogue::word)
        .orElse("-");
  }

  private static Optional<LocalDate> oldest(Catalogue catalogue) {
    return catalogue.all().stream()
        .flatMap(provider -> provider.evidence().oldest().stream())
        .min(Comparator.naturalOrder());
  }

  private static long days(LocalDate day, LocalDate today) {
    return ChronoUnit.DAYS.between(day, today);
  }

  /** As written in a catalogue file. */
  static String word(Proof proof) {
    return proof.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
