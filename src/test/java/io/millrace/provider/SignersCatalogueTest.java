package io.millrace.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.sender.Signers;
import io.millrace.bench.sender.SigningKeys;
import org.junit.jupiter.api.Test;

/** The simulator's senders and the catalogue's entries are the same. */
class SignersCatalogueTest {
  private static final Catalogue CATALOGUE = Catalogue.bundled();

  @Test
  void everyEntryOfTheCatalogueHasASigner() {
    assertThat(Signers.providers())
        .containsExactlyElementsOf(CATALOGUE.all().stream().map(Provider::name).sorted().toList());
  }

  @Test
  void aSignerIsFoundUnderEveryNameOfItsProvider() {
    for (var provider : CATALOGUE.all()) {
      for (var alias : provider.aliases()) {
        var keys = SigningKeys.draw(alias);

        assertThat(Signers.of(alias, keys.signing()).proof())
            .as(alias)
            .isEqualTo(Signers.of(provider.name(), keys.signing()).proof());
      }
    }
  }
}
