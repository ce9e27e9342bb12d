package io.millrace.normalize.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.sender.Outgoing;
import io.millrace.bench.sender.Signers;
import io.millrace.bench.sender.SigningKeys;
import io.millrace.model.Reason;
import io.millrace.provider.Catalogue;
import io.millrace.verify.Secret;
import io.millrace.verify.Verdict;
import io.millrace.verify.Verifier;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Our verdicts beside those of a vendor's own library, over requests that are signed well, signed
 * at other times, or changed on the way. Every round is repeatable by its seed.
 *
 * @param clock the clock of the library; some know only the system's
 */
public record LibraryComparison(
    String provider,
    SigningKeys keys,
    Library library,
    Clock clock,
    Known known,
    Verifier verifier) {
  private static final Catalogue CATALOGUE = Catalogue.bundled();
  private static final int ROUNDS = 400;

  /** Seconds, each well off the edge of a window of 300: a slow machine must not change sides. */
  private static final List<Integer> AGES =
      List.of(0, 0, 0, 0, 20, -20, 270, -270, 330, -330, 4000, -4000);

  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyz0123456789 {}[]\":,.-_/\\\tëß☃𝄞";

  public static LibraryComparison of(
      String provider, SigningKeys keys, Library library, Clock clock, Known known) {
    var verifier = new Verifier(CATALOGUE.find(provider).orElseThrow().verification());
    return new LibraryComparison(provider, keys, library, clock, known, verifier);
  }

  /** A vendor's library; whatever it throws is a refusal. */
  @FunctionalInterface
  public interface Library {
    boolean accepts(Outgoing request, Instant now) throws Exception;
  }

  /** Where the verdicts are known to differ. */
  @FunctionalInterface
  public interface Known {
    /** Every verdict is the same. */
    Known NONE = (theirs, ours, age) -> false;

    /**
     * A library without a bound on times in the future.
     *
     * @param ours empty if we accept
     * @param age how many seconds ago the request was signed
     */
    boolean differs(boolean theirs, Optional<Reason> ours, int age);

    /**
     * A library that takes base64 whose last letter has bits beyond the last byte: another letter
     * there is the same signature to it. We take one spelling only.
     */
    static Known lenientBase64() {
      return (theirs, ours, age) -> theirs && ours.equals(Optional.of(Reason.MALFORMED));
    }

    static Known noFutureBound() {
      return (theirs, ours, age) -> theirs && age < 0 && ours.equals(Optional.of(Reason.STALE));
    }
  }

  public void agrees() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    var accepted = 0;
    for (var round = 0; round < ROUNDS; round++) {
      var now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
      var age = AGES.get(random.nextInt(AGES.size()));
      var sent = Signers.of(provider, keys.signing()).sign(unsigned(random), now.minusSeconds(age));
      var arrived = changed(sent, random);

      var ours = ours(arrived, now);
      var theirs = theirs(arrived, now);

      if (!known.differs(theirs, ours, age)) {
        assertThat(ours.isEmpty())
            .as("seed %d, round %d: %s signed %d s ago: %s", seed, round, arrived, age, ours)
            .isEqualTo(theirs);
      }
      accepted += theirs ? 1 : 0;
    }
    assertThat(accepted).as("rounds the library accepts").isBetween(1, ROUNDS - 1);
  }

  public Optional<Reason> ours(Outgoing request, Instant now) {
    var secret = new Secret("secret", keys.verifying(), Optional.empty(), Optional.empty());
    return switch (verifier.verify(SentRequests.received(request), List.of(secret), now)) {
      case Verdict.Verified verified -> Optional.empty();
      case Verdict.Refused refused -> Optional.of(refused.reason());
    };
  }

  private boolean theirs(Outgoing request, Instant now) {
    try {
      return library.accepts(request, now);
    } catch (Exception refused) {
      return false;
    }
  }

  private static Outgoing unsigned(Random random) {
    return Outgoing.post(
        SentRequests.URL, "application/json", text(random).getBytes(StandardCharsets.UTF_8));
  }

  public static String text(Random random) {
    var letters = LETTERS.codePoints().toArray();
    var text = new StringBuilder();
    for (var length = random.nextInt(200) + 1; length > 0; length--) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  /** Half of the requests arrive as they were sent. */
  private Outgoing changed(Outgoing sent, Random random) {
    var proof = Signers.of(provider, keys.signing()).proof();
    var time = proof.time().orElseThrow().name();
    return switch (random.nextInt(10)) {
      case 0 -> sent.withBody(text(random).getBytes(StandardCharsets.UTF_8));
      case 1 -> sent.withBody((body(sent) + " ").getBytes(StandardCharsets.UTF_8));
      case 2, 3 -> sent.with(proof.name(), replaced(header(sent, proof.name()), random));
      case 4 ->
          sent.header(time).isPresent()
              ? sent.with(time, replaced(header(sent, time), random))
              : sent;
      default -> sent;
    };
  }

  public static String replaced(String header, Random random) {
    var letters = "0123456789abcdefABCDEFxyz+/=,.";
    var at = random.nextInt(header.length());
    var letter = letters.charAt(random.nextInt(letters.length()));
    return header.substring(0, at) + letter + header.substring(at + 1);
  }

  public static String header(Outgoing request, String name) {
    return request.header(name).orElseThrow();
  }

  public static String body(Outgoing request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }
}
