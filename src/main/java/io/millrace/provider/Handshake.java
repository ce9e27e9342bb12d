package io.millrace.provider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.Reason;
import io.millrace.verify.KeyedHash;
import io.millrace.verify.Secret;
import io.millrace.verify.ValueLocation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a provider asks before it sends anything. {@code GET} and {@code HEAD} carry no signature. A
 * handshake by {@code POST} is signed like any delivery and counts once verified, but for those
 * that say otherwise.
 *
 * <p>One kind is left out on purpose: fetching a URL that the request names, as Amazon SNS asks.
 * Whoever can post here could then make the edge call any address of the network it stands in.
 */
public sealed interface Handshake {

  /** What comes of it; empty if the request is no handshake. */
  Optional<HandshakeOutcome> answer(HandshakeRequest asked);

  /** Whether it may bring the secret that deliveries are signed with. */
  default boolean captures() {
    return false;
  }

  /** Says yes, and no more. */
  record Confirm(HandshakeCondition condition) implements Handshake {
    @Override
    public Optional<HandshakeOutcome> answer(HandshakeRequest asked) {
      return condition.holds(asked)
          ? Optional.of(new HandshakeOutcome.Answered(new HandshakeForm.Nothing().answer("")))
          : Optional.empty();
    }
  }

  /**
   * Sends a value back.
   *
   * @param token where the token sits that has to be one of the source's secrets for handshakes
   */
  record Echo(
      HandshakeCondition condition,
      Optional<ValueLocation> token,
      ValueLocation value,
      HandshakeForm form)
      implements Handshake {
    /** No longer than any provider's, and nothing a header or a terminal would act on. */
    private static final Pattern HARMLESS = Pattern.compile("[\\x20-\\x7e]{1,2048}");

    @Override
    public Optional<HandshakeOutcome> answer(HandshakeRequest asked) {
      return condition.holds(asked)
          ? value.find(asked.request()).map(found -> judge(asked, found))
          : Optional.empty();
    }

    private HandshakeOutcome judge(HandshakeRequest asked, String found) {
      if (!HARMLESS.matcher(found).matches()) {
        return new HandshakeOutcome.Refused(
            Reason.MALFORMED, "The " + value.describe() + " is nothing a provider asks back");
      }
      return token
          .flatMap(place -> objection(place, asked))
          .orElseGet(() -> new HandshakeOutcome.Answered(form.answer(found)));
    }

    private static Optional<HandshakeOutcome> objection(
        ValueLocation place, HandshakeRequest asked) {
      List<Secret> known = asked.secretsFor(Secret.HANDSHAKE);
      if (known.isEmpty()) {
        return Optional.of(
            new HandshakeOutcome.Refused(
                Reason.NO_SECRET,
                "No verify token is configured; add a secret with use: handshake to the source"));
      }
      Optional<String> shown = place.find(asked.request());
      if (shown.isEmpty()) {
        return Optional.of(
            new HandshakeOutcome.Refused(
                Reason.MISSING_SIGNATURE, "The " + place.describe() + " is missing"));
      }
      return isOneOf(known, shown.get())
          ? Optional.empty()
          : Optional.of(
              new HandshakeOutcome.Refused(
                  Reason.BAD_SIGNATURE, "The " + place.describe() + " is not the source's"));
    }
  }

  /**
   * Answers with the keyed hash of a value, which shows that the secret is known here.
   *
   * @param valueName the field the value is sent back in; empty: it is not
   * @param hashName the field of the hash
   */
  record Keyed(
      HandshakeCondition condition,
      ValueLocation value,
      KeyedHash hash,
      Optional<String> valueName,
      String hashName)
      implements Handshake {
    /**
     * What a challenge is made of. Nothing more may be: anyone can ask, and with the hash of a text
     * of his own choice he could sign a delivery.
     */
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    @Override
    public Optional<HandshakeOutcome> answer(HandshakeRequest asked) {
      return condition.holds(asked)
          ? value.find(asked.request()).map(found -> judge(asked, found))
          : Optional.empty();
    }

    private HandshakeOutcome judge(HandshakeRequest asked, String found) {
      if (!CHALLENGE.matcher(found).matches()) {
        return new HandshakeOutcome.Refused(
            Reason.MALFORMED, "The " + value.describe() + " is not what a provider asks for");
      }
      return asked.secretsFor(Secret.VERIFICATION).stream()
          .flatMap(secret -> hash.of(found, secret).stream())
          .findFirst()
          .<HandshakeOutcome>map(answer -> new HandshakeOutcome.Answered(json(found, answer)))
          .orElseGet(
              () ->
                  new HandshakeOutcome.Refused(
                      Reason.NO_SECRET, "No secret is active at this time to answer with"));
    }

    private HandshakeAnswer json(String found, String answer) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      valueName.ifPresent(name -> body.put(name, found));
      body.put(hashName, answer);
      return new HandshakeAnswer(200, "application/json", body.toString());
    }
  }

  /** Keeps the secret that an unsigned first request brings, as long as there is none. */
  record Capture(HandshakeCondition condition, ValueLocation value, HandshakeForm form)
      implements Handshake {
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e]{16,512}");

    @Override
    public Optional<HandshakeOutcome> answer(HandshakeRequest asked) {
      return condition.holds(asked)
          ? value.find(asked.request()).map(found -> judge(asked, found))
          : Optional.empty();
    }

    @Override
    public boolean captures() {
      return true;
    }

    private HandshakeOutcome judge(HandshakeRequest asked, String found) {
      if (!SECRET.matcher(found).matches()) {
        return new HandshakeOutcome.Refused(
            Reason.MALFORMED, "The " + value.describe() + " is too short or long for a secret");
      }
      if (isOneOf(asked.secretsFor(Secret.VERIFICATION), found)) {
        return new HandshakeOutcome.Answered(form.answer(found));
      }
      return asked.awaitsSecret()
          ? new HandshakeOutcome.Captured(found, form.answer(found))
          : new HandshakeOutcome.Refused(
              Reason.MISSING_SIGNATURE,
              "The request brings a secret, but the source does not wait for one; if the provider"
                  + " was connected anew, see captureUntil");
    }
  }

  /** Several handshakes of one provider, of which a request is one at most. */
  record FirstOf(List<Handshake> handshakes) implements Handshake {
    public FirstOf {
      handshakes = List.copyOf(handshakes);
    }

    @Override
    public Optional<HandshakeOutcome> answer(HandshakeRequest asked) {
      return handshakes.stream().flatMap(each -> each.answer(asked).stream()).findFirst();
    }

    @Override
    public boolean captures() {
      return handshakes.stream().anyMatch(Handshake::captures);
    }
  }

  /** Compares all of them in full: the time taken tells nothing about any. */
  private static boolean isOneOf(List<Secret> secrets, String shown) {
    boolean any = false;
    for (Secret secret : secrets) {
      any |=
          MessageDigest.isEqual(
              secret.value().getBytes(StandardCharsets.UTF_8),
              shown.getBytes(StandardCharsets.UTF_8));
    }
    return any;
  }
}
