package io.millrace.provider;

import static io.millrace.normalize.testing.SentRequests.received;
import static io.millrace.normalize.testing.SentRequests.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.sender.Proof.Place;
import io.millrace.bench.sender.Proof.Shows;
import io.millrace.model.Reason;
import io.millrace.normalize.testing.SentRequests;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proofs that are missing, doubled, broken or changed, of every sender of the catalogue. */
class EveryProofTest {

  static List<SentRequests> proving() {
    return SentRequests.proving();
  }

  static List<SentRequests> inHeader() {
    return SentRequests.inHeader(Set.of(Shows.BODY, Shows.PART, Shows.SECRET));
  }

  static List<SentRequests> signatures() {
    return SentRequests.inHeader(Set.of(Shows.BODY, Shows.PART));
  }

  static List<SentRequests> credentials() {
    return SentRequests.inHeader(Set.of(Shows.SECRET));
  }

  @ParameterizedTest
  @MethodSource("proving")
  void refusesARequestWithoutProof(SentRequests sender) {
    // An address always ends in something; without the token that is a wrong token.
    var expected =
        sender.proof().place() == Place.PATH ? Reason.BAD_SIGNATURE : Reason.MISSING_SIGNATURE;

    assertThat(sender.judge(received(sender.unsigned()))).contains(expected);
  }

  @ParameterizedTest
  @MethodSource("inHeader")
  void refusesAnEmptyProof(SentRequests sender) {
    assertThat(judge(sender, List.of())).contains(Reason.MISSING_SIGNATURE);
    assertThat(judge(sender, List.of(" "))).contains(Reason.MISSING_SIGNATURE);
  }

  @ParameterizedTest
  @MethodSource("inHeader")
  void takesTheSameProofTwiceForOneAndRefusesTwoDifferentOnes(SentRequests sender) {
    var good = sender.signature();

    assertThat(judge(sender, List.of(good, good))).isEmpty();
    assertThat(judge(sender, List.of(good, good + "0"))).contains(Reason.MALFORMED);
    assertThat(judge(sender, List.of("0" + good, good))).contains(Reason.MALFORMED);
  }

  @ParameterizedTest
  @MethodSource("signatures")
  void callsAnUnreadableSignatureMalformed(SentRequests sender) {
    for (var broken :
        List.of(
            "garbage!",
            "=",
            ",",
            "sha256=",
            "v1,",
            "t=1,v1=%%",
            "☃",
            "v0=zz",
            "..",
            "Bearer ",
            "\u0000",
            "a".repeat(100_001) + "!")) {
      assertThat(judge(sender, List.of(broken)))
          .as(broken)
          .get()
          .isIn(Reason.MALFORMED, Reason.MISSING_SIGNATURE, Reason.MISSING_TIMESTAMP);
    }
  }

  @ParameterizedTest
  @MethodSource("credentials")
  void refusesABrokenCredential(SentRequests sender) {
    var good = sender.signature();

    for (var broken :
        List.of("garbage!", "Basic", "Basic !", "Bearer", "☃", good + "0", good.substring(1))) {
      assertThat(judge(sender, List.of(broken)))
          .as(broken)
          .get()
          .isIn(Reason.MALFORMED, Reason.BAD_SIGNATURE);
    }
  }

  @ParameterizedTest
  @MethodSource("inHeader")
  void refusesEveryFlippedBit(SentRequests sender) {
    var good = sender.good();
    var signature = good.headers().first(sender.proof().name()).orElseThrow();
    // The scheme of a credential is read in any case (RFC 9110, section 11.1), and the last bits
    // before the padding of a password say nothing.
    var start = signature.startsWith("Basic ") || signature.startsWith("Bearer ") ? 7 : 0;
    var end = signature.length() - (signature.startsWith("Basic ") ? 4 : 0);

    for (var bit = start * 8; bit < end * 8; bit++) {
      var header = signature.getBytes(StandardCharsets.UTF_8);
      header[bit / 8] ^= (byte) (1 << bit % 8);
      var flipped = new String(header, StandardCharsets.ISO_8859_1);

      assertThat(sender.judge(with(good, sender.proof().name(), List.of(flipped))))
          .as("bit %d: %s instead of %s", bit, flipped, signature)
          .isNotEmpty();
    }
  }

  private static Optional<Reason> judge(SentRequests sender, List<String> values) {
    return sender.judge(with(sender.good(), sender.proof().name(), values));
  }
}
