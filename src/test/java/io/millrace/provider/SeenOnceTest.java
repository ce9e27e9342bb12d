package io.millrace.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.EventFact;
import java.util.Collection;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What one genuine request gives to somebody who has seen it, by what is signed. */
final class SeenOnceTest {
  static Collection<Provider> everyEntry() {
    return Catalogue.bundled().all();
  }

  @ParameterizedTest
  @CsvSource({
    "stripe, repeat it until it is too old",
    "typeform, repeat it",
    "github, 'repeat it with another id and type, at an edge that does not remember it'",
    "mailgun, 'send another body with its token, at an edge that does not remember it'",
    "segment-batch, add elements after its first one",
    "salesloft, send anything: the request shows the key",
    "monday, send anything until its token is too old",
    "api-key, send anything",
    "unsigned, 'send anything from an allowed address, as anyone there can'",
    "svix, repeat it until it is too old"
  })
  void followsFromTheEntry(String provider, String words) {
    assertThat(SeenOnce.inWords(provider(provider))).isEqualTo(words);
  }

  @Test
  void knowsWhatNobodySigned() {
    assertThat(provider("github").unsignedFacts()).containsExactly(EventFact.ID, EventFact.TYPE);
    assertThat(provider("shopify").unsignedFacts())
        .containsExactly(EventFact.ID, EventFact.TYPE, EventFact.TIME);
    assertThat(provider("attio").unsignedFacts()).containsExactly(EventFact.ID);
    assertThat(provider("standard-webhooks").unsignedFacts()).isEmpty();
    assertThat(provider("mailgun").unsignedFacts()).isEqualTo(Set.of(EventFact.values()));
    assertThat(provider("basic").unsignedFacts()).isEqualTo(Set.of(EventFact.values()));
  }

  /** An unsigned header that comes before a signed one would replace it. */
  @ParameterizedTest
  @MethodSource("everyEntry")
  void noEntryReadsAnUnsignedHeaderBeforeASignedOne(Provider provider) {
    Set<String> signed = provider.verification().signedParts().headers();

    for (EventFact fact : EventFact.values()) {
      assertThat(provider.events().headers(fact))
          .as("%s of %s", fact, provider.name())
          .noneMatch(
              names ->
                  !signed.contains(names.getFirst()) && names.stream().anyMatch(signed::contains));
    }
  }

  private static Provider provider(String name) {
    return Catalogue.bundled().find(name).orElseThrow();
  }
}
