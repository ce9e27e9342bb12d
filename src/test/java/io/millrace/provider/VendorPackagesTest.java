package io.millrace.provider;

import static io.millrace.normalize.testing.SignedSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.bench.sender.Outgoing;
import io.millrace.bench.sender.Proof;
import io.millrace.bench.sender.Signers;
import io.millrace.bench.sender.SigningKeys;
import io.millrace.model.Reason;
import io.millrace.normalize.testing.LibraryComparison;
import io.millrace.normalize.testing.NodeJudge;
import io.millrace.normalize.testing.SentRequests;
import io.millrace.verify.Secret;
import io.millrace.verify.Verdict;
import io.millrace.verify.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The vendors' own libraries for Node.js and we judge the same requests the same way, on a fixed
 * clock: requests of every age, whole and changed, signed by the simulator and by the libraries.
 */
class VendorPackagesTest {
  private static final int ROUNDS = 150;
  private static final List<Integer> AGES =
      List.of(0, 0, 0, 0, 0, 20, -20, 100, 270, -270, 330, -330, 4000, -4000);

  /** Where a library is known to judge otherwise than we do. */
  private enum Known {
    /** It takes a time in the future. */
    NO_FUTURE_BOUND,
    /** It does not check the time at all. */
    NO_AGE,
    /** It takes five seconds only. */
    FIVE_SECONDS,
    /** It gets the body parsed and writes it again, so it cannot see a blank at its end. */
    BLIND_TO_BLANKS,
    /** It reads the numbers of an ECDSA signature whatever lengths are written before them. */
    LOOSE_LENGTHS
  }

  private static final Map<String, Set<Known>> KNOWN =
      Map.ofEntries(
          Map.entry("contentful", EnumSet.of(Known.NO_FUTURE_BOUND)),
          Map.entry("discord", EnumSet.of(Known.NO_AGE)),
          Map.entry("mux", EnumSet.of(Known.NO_FUTURE_BOUND)),
          Map.entry("paddle", EnumSet.of(Known.FIVE_SECONDS, Known.NO_FUTURE_BOUND)),
          Map.entry("sendgrid", EnumSet.of(Known.LOOSE_LENGTHS)),
          Map.entry("stripe", EnumSet.of(Known.NO_FUTURE_BOUND)),
          Map.entry("webflow", EnumSet.of(Known.NO_AGE)),
          Map.entry("workos", EnumSet.of(Known.NO_FUTURE_BOUND, Known.BLIND_TO_BLANKS)));

  private static final Set<Reason> SPELLING =
      EnumSet.of(Reason.MALFORMED, Reason.MISSING_SIGNATURE, Reason.MISSING_TIMESTAMP);

  private static NodeJudge judge;

  @BeforeAll
  static void startNode() throws IOException {
    judge = NodeJudge.start();
  }

  @AfterAll
  static void stopNode() throws IOException {
    if (judge != null) {
      judge.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> judgesLikeTheLibrary() {
    return judge.providers("judges").stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> new Comparison(name).agrees()));
  }

  @TestFactory
  Stream<DynamicTest> verifiesWhatTheLibrarySigns() {
    return judge.providers("signers").stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> new Comparison(name).verifiesTheirs()));
  }

  /** One provider with a new key. */
  private static final class Comparison {
    private final String provider;
    private final SigningKeys keys;
    private final Proof proof;
    private final Verifier verifier;
    private final Set<Known> known;
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    Comparison(String provider) {
      this.provider = provider;
      this.keys = SigningKeys.draw(provider);
      this.proof = Signers.of(provider, keys.signing()).proof();
      this.verifier = new Verifier(Catalogue.bundled().find(provider).orElseThrow().verification());
      this.known = KNOWN.getOrDefault(provider, EnumSet.noneOf(Known.class));
    }

    void agrees() {
      var accepted = 0;
      for (var round = 0; round < ROUNDS; round++) {
        var age = AGES.get(random.nextInt(AGES.size()));
        var sent = Signers.of(provider, keys.signing()).sign(unsigned(), NOW.minusSeconds(age));
        var arrived = changed(sent);

        var ours = ours(arrived, NOW);
        var refusal = judge.refusal(provider, keys.verifying(), arrived, NOW);
        var theirs = refusal.isEmpty();

        if (!isKnown(theirs, ours, age, !arrived.headers().equals(sent.headers()))) {
          assertThat(ours.isEmpty())
              .as(
                  "%s, seed %d, round %d: %s %s signed %d s ago, sent as %s: we say %s, they %s",
                  provider, seed, round, arrived, arrived.headers(), age, sent, ours, refusal)
              .isEqualTo(theirs);
        }
        accepted += theirs && ours.isEmpty() ? 1 : 0;
      }
      assertThat(accepted).as("%s: rounds both accept", provider).isBetween(10, ROUNDS - 1);
    }

    void verifiesTheirs() {
      for (var round = 0; round < 20; round++) {
        var request = unsigned();
        var signed = request;
        for (var header : judge.sign(provider, keys.signing(), request, NOW).entrySet()) {
          signed = signed.with(header.getKey(), header.getValue());
        }

        assertThat(ours(signed, NOW)).as("%s, seed %d: %s", provider, seed, signed).isEmpty();
        assertThat(
                ours(
                    signed.withBody(
                        (LibraryComparison.body(signed) + " ").getBytes(StandardCharsets.UTF_8)),
                    NOW))
            .contains(Reason.BAD_SIGNATURE);
      }
    }

    /**
     * Many libraries take more than one spelling of a signature: either case, stray letters, names
     * that they ignore. We take one only.
     */
    private boolean isKnown(boolean theirs, Optional<Reason> ours, int age, boolean respelt) {
      var stale = ours.equals(Optional.of(Reason.STALE));
      if (theirs) {
        return (stale && age < 0 && known.contains(Known.NO_FUTURE_BOUND))
            || (stale && known.contains(Known.NO_AGE))
            || (respelt && known.contains(Known.LOOSE_LENGTHS))
            || (respelt && ours.filter(SPELLING::contains).isPresent());
      }
      return ours.isEmpty() && age > 5 && known.contains(Known.FIVE_SECONDS);
    }

    private Optional<Reason> ours(Outgoing request, Instant now) {
      var secret = new Secret("secret", keys.verifying(), Optional.empty(), Optional.empty());
      return switch (verifier.verify(SentRequests.received(request), List.of(secret), now)) {
        case Verdict.Verified verified -> Optional.empty();
        case Verdict.Refused refused -> Optional.of(refused.reason());
      };
    }

    /** Many libraries read the body, so it is an object; its text is of every kind of letter. */
    private Outgoing unsigned() {
      var body = provider.equals("adyen") ? adyenItems().toString() : anObject().toString();
      return Outgoing.post(
          SentRequests.URL, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private ObjectNode anObject() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("id", "evt_" + random.nextInt(1000))
          .put("text", LibraryComparison.text(random));
    }

    /** Adyen signs each item, by eight of its fields. */
    private ObjectNode adyenItems() {
      var body = JsonNodeFactory.instance.objectNode();
      var items = body.putArray("notificationItems");
      for (var count = random.nextInt(3) + 1; count > 0; count--) {
        var item = items.addObject().putObject("NotificationRequestItem");
        item.put("pspReference", "P" + random.nextInt(1000))
            .put("merchantAccountCode", "M" + LibraryComparison.text(random))
            .put("merchantReference", "R" + LibraryComparison.text(random))
            .put("eventCode", "REFUND")
            .put("success", "true")
            .putObject("amount")
            .put("value", random.nextInt(100_000))
            .put("currency", "EUR");
      }
      return body;
    }

    /** Half of the requests arrive as they were sent. */
    private Outgoing changed(Outgoing sent) {
      return switch (random.nextInt(8)) {
        case 0 -> sent.withBody(unsigned().body());
        case 1 ->
            known.contains(Known.BLIND_TO_BLANKS)
                ? sent
                : sent.withBody(
                    (LibraryComparison.body(sent) + " ").getBytes(StandardCharsets.UTF_8));
        case 2, 3 -> replaced(sent, proof.name());
        case 4 -> proof.time().map(time -> replaced(sent, time.name())).orElse(sent);
        default -> sent;
      };
    }

    private Outgoing replaced(Outgoing sent, String header) {
      return sent.header(header)
          .map(value -> sent.with(header, LibraryComparison.replaced(value, random)))
          .orElse(sent);
    }
  }
}
