package io.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignatureFormatTest {
  private static final SignatureFormat PAIRS = new SignatureFormat.KeyValue(",", "v1");

  @Test
  void findsEverySignatureAndTheTimeAmongPairs() {
    assertThat(PAIRS.parse("t=1, v1=a,v0=b,v1=c=", Optional.of("t")))
        .isEqualTo(new SignatureParts(true, List.of("a", "c="), List.of("1")));
  }

  @Test
  void keepsRepeatedTimesSoThatTheyCanBeRefused() {
    assertThat(PAIRS.parse("t=1,t=1,v1=a", Optional.of("t")).timestamps()).hasSize(2);
  }

  @Test
  void callsTextWithoutPairsUnreadable() {
    assertThat(PAIRS.parse("garbage", Optional.of("t")).readable()).isFalse();
  }

  @Test
  void takesOnlyTheVersionAskedFor() {
    var tokens = new SignatureFormat.Tokens("v1");

    assertThat(tokens.parse("v1,a v1a,b  v1,c junk", Optional.empty()).signatures())
        .containsExactly("a", "c");
  }

  @Test
  void takesTheTimeFirstByPosition() {
    var positional = new SignatureFormat.Positional(",");

    assertThat(positional.parse("1,a,b", Optional.of("0")))
        .isEqualTo(new SignatureParts(true, List.of("a", "b"), List.of("1")));
    assertThat(positional.parse("1", Optional.of("0")).readable()).isFalse();
  }

  @Test
  void needsThePrefixUnlessItIsOptional() {
    assertThat(new SignatureFormat.Plain("v0=", false).parse("ab", Optional.empty()).readable())
        .isFalse();
    assertThat(new SignatureFormat.Plain("v0=", true).parse("ab", Optional.empty()).signatures())
        .containsExactly("ab");
  }
}
