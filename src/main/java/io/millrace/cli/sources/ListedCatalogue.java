package io.millrace.cli.sources;

import io.millrace.cli.Durations;
import io.millrace.cli.Table;
import io.millrace.provider.Catalogue;
import io.millrace.provider.Evidence;
import io.millrace.provider.Evidence.Fact;
import io.millrace.provider.Evidence.Proof;
import io.millrace.provider.Provider;
import java.io.PrintWriter;
import java.util.Locale;

/** The catalogue as {@code sources list} shows it: one line for each entry, at most 120 columns. */
final class ListedCatalogue {
  private static final int COLUMNS = 120;

  private ListedCatalogue() {}

  static void print(Catalogue catalogue, PrintWriter out) {
    out.println("Catalogue (details of one entry: --provider NAME):");
    Table table =
        new Table(
            "PROVIDER",
            "SCHEME",
            "PROVES",
            "VERIFIED BY",
            "EVENTS BY",
            "RETRIES",
            "WAITS",
            "TITLE");
    for (Provider provider : catalogue.all()) {
      table.row(
          provider.name(),
          provider.verification().summary(),
          provider.verification().assurance().name(),
          authority(provider, Fact.VERIFICATION),
          authority(provider, Fact.EVENTS),
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
  }

  private static String authority(Provider provider, Fact fact) {
    return provider
        .evidence()
        .of(fact)
        .map(Evidence.Authority::proof)
        .map(ListedCatalogue::word)
        .orElse("-");
  }

  /** As written in a catalogue file. */
  static String word(Proof proof) {
    return proof.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
