package io.millrace.cli;

import io.millrace.source.Catalogue;
import io.millrace.source.Evidence.Authority;
import io.millrace.source.Evidence.Fact;
import io.millrace.source.Evidence.Proof;
import io.millrace.source.Provider;
import io.millrace.tidy.Golden;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The manual's table of providers is written from the catalogue. */
class CatalogueDocumentTest {
  private static final String INTRODUCTION =
      """
      # The catalogue: every provider Millrace knows

      Written from `src/main/resources/catalogue` by a test; do not edit. `./millrace sources list --provider NAME` shows an entry
      in full; [adding-a-source.md](adding-a-source.md) tells how to connect one, and how to describe a sender that is not here.

      Each entry states facts, and for each fact on whose authority it stands:

      """;

  private static final String TABLE =
      """

      *Proves* is the most a verified request proves: the whole body is signed (`BODY_SIGNED`), a part of it (`PARTIAL`), the
      sender knew a secret (`SHARED_SECRET`), or nothing (`NONE`). *Retries* is how long the sender may send a delivery again,
      which is also how long its duplicates are recognised; with **!** no answer makes it send again, not even 503. *Waits* is
      how long it waits for an answer. Where *events* is empty, the usual names of fields are tried.

      | provider | scheme | proves | verification | handshake | reply | events | retries | waits |
      |---|---|---|---|---|---|---|---|---|
      """;

  @Test
  void listsEveryEntryAndItsEvidence() {
    var document = new StringBuilder(INTRODUCTION);
    for (var proof : Proof.values()) {
      document.append(
          "- `%s`: %s.%n".formatted(ListedCatalogue.word(proof), decapitalized(proof.meaning())));
    }
    document.append(TABLE);
    Catalogue.bundled().all().forEach(provider -> document.append(row(provider)));

    Golden.check("docs/catalogue.md", document.toString());
  }

  private static String row(Provider provider) {
    var verification = provider.verification();
    return "| %s | %s | %s | %s | %s | %s | %s | %s | %s |%n"
        .formatted(
            name(provider),
            verification.summary(),
            verification.assurance(),
            authority(provider, Fact.VERIFICATION),
            authority(provider, Fact.HANDSHAKE),
            authority(provider, Fact.REPLY),
            authority(provider, Fact.EVENTS),
            Durations.inWords(provider.retryHorizon())
                + (provider.anyAnswerIsSuccess() ? " **!** " : " ")
                + authority(provider, Fact.RETRY_HORIZON),
            provider
                .responseLimit()
                .map(
                    limit ->
                        Durations.inWords(limit) + " " + authority(provider, Fact.RESPONSE_LIMIT))
                .orElse(""));
  }

  private static String name(Provider provider) {
    var aliases =
        provider.aliases().stream()
            .map(alias -> "`" + alias + "`")
            .collect(Collectors.joining(", "));
    return "**`%s`** %s%s"
        .formatted(provider.name(), provider.title(), aliases.isEmpty() ? "" : "; also " + aliases);
  }

  private static String authority(Provider provider, Fact fact) {
    return provider.evidence().of(fact).map(CatalogueDocumentTest::linked).orElse("");
  }

  private static String linked(Authority authority) {
    var word = ListedCatalogue.word(authority.proof());
    return authority.link().map(link -> "[%s](%s)".formatted(word, link)).orElse(word);
  }

  private static String decapitalized(String sentence) {
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
  }
}
