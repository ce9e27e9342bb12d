package io.millrace.provider;

import static io.millrace.normalize.testing.SentRequests.received;
import static io.millrace.normalize.testing.SentRequests.withBody;
import static io.millrace.normalize.testing.SignedSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.sender.Proof;
import io.millrace.model.Reason;
import io.millrace.normalize.testing.SentRequests;
import io.millrace.verify.SignedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changed, emptied and empty bodies, of every sender of the catalogue. */
class EveryBodyTest {

  static List<SentRequests> all() {
    return SentRequests.all();
  }

  static List<SentRequests> signingTheBody() {
    return SentRequests.those(proof -> proof.shows() == Proof.Shows.BODY);
  }

  /** Where nothing is written into the body, and no element of it is needed. */
  static List<SentRequests> indifferentToTheBody() {
    return SentRequests.those(
        proof ->
            proof.place() != Proof.Place.JSON
                && proof.time().filter(time -> time.place() == Proof.Place.JSON).isEmpty()
                && !(proof.shows() == Proof.Shows.PART && proof.time().isEmpty()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void refusesOneChangedByteWhereTheBodyIsSignedAndClaimsNoMoreWhereItIsNot(SentRequests sender) {
    var good = sender.good();
    var text = new String(good.body(), StandardCharsets.UTF_8);
    var changed = text.replace("evt_2", "evt_3").getBytes(StandardCharsets.UTF_8);
    assertThat(changed).isNotEqualTo(good.body());

    var reason = sender.judge(withBody(good, changed));

    assertThat(reason)
        .isEqualTo(
            sender.proof().shows() == Proof.Shows.BODY
                ? Optional.of(Reason.BAD_SIGNATURE)
                : Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("signingTheBody")
  void refusesAnEmptiedBody(SentRequests sender) {
    // Where the time sits in the body, it is missing before anything is compared.
    assertThat(sender.judge(withBody(sender.good(), new byte[0])))
        .get()
        .isIn(Reason.BAD_SIGNATURE, Reason.MISSING_TIMESTAMP, Reason.MALFORMED);
  }

  @ParameterizedTest
  @MethodSource("indifferentToTheBody")
  void verifiesAnEmptyBodyThatWasSigned(SentRequests sender) {
    var empty = sender.unsigned().withBody(new byte[0]);

    assertThat(sender.judge(received(sender.signer(sender.first()).sign(empty, NOW)))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("signingTheBody")
  void refusesAnyFlippedBit(SentRequests sender) {
    var good = sender.good();
    var seed = new Random().nextLong();
    var random = new Random(seed);

    for (var round = 0; round < 50; round++) {
      var body = good.body().clone();
      var bit = random.nextInt(body.length * 8);
      body[bit / 8] ^= (byte) (1 << bit % 8);
      if (saysTheSame(good, body)) {
        continue;
      }

      assertThat(sender.judge(withBody(good, body)))
          .as("seed %d, round %d: bit %d of the body", seed, round, bit)
          .isNotEmpty();
    }
  }

  /** Fields of a form are signed as they are meant: %2f or %2F is the same slash. */
  private static boolean saysTheSame(SignedRequest good, byte[] body) {
    return good.headers().first("Content-Type").orElse("").contains("x-www-form-urlencoded")
        && meaning(good.body()).equals(meaning(body));
  }

  private static Optional<String> meaning(byte[] form) {
    try {
      return Optional.of(
          URLDecoder.decode(
              new String(form, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException noEscape) {
      return Optional.empty();
    }
  }
}
