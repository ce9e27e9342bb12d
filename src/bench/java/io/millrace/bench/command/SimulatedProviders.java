package io.millrace.bench.command;

import io.millrace.app.Catalogues;
import io.millrace.bench.sample.SampleBook;
import io.millrace.bench.sample.SampleBooks;
import io.millrace.bench.sender.SigningKeys;
import io.millrace.cli.Table;
import io.millrace.provider.Catalogue;
import io.millrace.provider.Provider;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What {@code simulate} can print without sending anything. */
final class SimulatedProviders {
  private SimulatedProviders() {}

  /** The entry of that name. */
  static Provider known(String name) {
    return Catalogues.find(Catalogue.bundled(), name);
  }

  /** One line for each provider, or for the given one. */
  static void print(Optional<Provider> only, PrintWriter out) {
    Collection<Provider> shown = only.isPresent() ? List.of(only.get()) : Catalogue.bundled().all();
    Table table = new Table("PROVIDER", "PROVES WITH", "EVENTS PER REQUEST", "BECOMES");
    for (Provider provider : shown) {
      SampleBooks.find(provider.name()).ifPresent(book -> row(provider, book, table));
    }
    table.print(out);
    out.flush();
  }

  private static void row(Provider provider, SampleBook book, Table table) {
    table.row(
        provider.name(),
        provider.verification().summary(),
        book.largest() == 1 ? "1" : "1-" + book.largest(),
        String.join(", ", book.types()));
  }

  /** A new key of the kind the provider uses; both halves, if it has two. */
  static void printKeys(Provider provider, PrintWriter out) {
    SigningKeys keys = SigningKeys.draw(provider.name());
    if (keys.signing().equals(keys.verifying())) {
      out.println("For the source's secret (its ref: env:NAME or file:PATH) and for --secret-ref:");
      out.println(keys.signing());
    } else {
      out.println("For the source's secret (its ref: env:NAME or file:PATH):");
      out.println(keys.verifying());
      out.println("For --secret-ref:");
      out.println(keys.signing());
    }
    out.flush();
  }
}
