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
 * A request a provider sends to check the address before it sends deliveries. {@code GET} and
 * {@code HEAD} have no signature. A {@code POST} handshake is signed like any delivery and answered
 * only after it was verified, unless it is declared unsigned.
 *
 * <p>One kind is deliberately not supported: fetching a URL named in the request, as Amazon SNS
 * requires. Anyone who can post to the edge could then make it call any address in its network.
 */
public sealed interface Handshake {

  /** Answers a request; empty if it is not a handshake. */
  Optional<HandshakeOutcome> answer(HandshakeRequest asked);

  /** Whether it may contain the secret that deliveries are signed with. */
  default boolean captures() {
    return false;
  }

  /** Answers with success only. */
  record Confirm(HandshakeCondition condition, HandshakeForm.Nothing form) implements Handshake {
    @Override
    public Optional<HandshakeOutcome> answer(HandshakeRequest asked) {
      return condition.holds(asked)
          ? Optional.of(new HandshakeOutcome.Answered(form.answer("")))
          : Optional.empty();
    }
  }

  /**
   * Sends a value back.
   *
   * @param token the location of the token, which must be one of the source's secrets for
   *     handshakes
   */
  record Echo(
      HandshakeCondition condition,
      Optional<ValueLocation> token,
      ValueLocation value,
      HandshakeForm form)
      implements Handshake {
    /**
     * As long as any provider's value, without characters that a header or a terminal interprets,
     * or that make a page of a text.
     */
    private static final Pattern HARMLESS = Pattern.compile("[\\x20-\\x7e&&[^<>]]{1,2048}");

    @Override
    public Optional<HandshakeOutcome> answer(HandshakeRequest asked) {
      return condition.holds(asked)
          ? value.find(asked.request()).map(found -> judge(asked, found))
          : Optional.empty();
    }

    private HandshakeOutcome judge(HandshakeRequest asked, String found) {
      if (!HARMLESS.matcher(found).matches()) {
        return new HandshakeOutcome.Refused(
            Reason.MALFORMED, "The " + value.describe() + " is not a value a provider would send");
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
                  Reason.BAD_SIGNATURE,
                  "The " + place.describe() + " is not a secret of the source"));
    }
  }

  /**
   * Answers with the keyed hash of a value, which proves that the edge has the secret.
   *
   * @param valueName the field for the value itself; empty to omit it
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
     * The format of a challenge. Nothing else is allowed: anyone can send one, and with the hash of
     * an arbitrary text a forger could sign a delivery.
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
            Reason.MALFORMED,
            "The " + value.describe() + " is not a challenge a provider would send");
      }
      return asked.secretsFor(Secret.VERIFICATION).stream()
          .flatMap(secret -> hash.of(found, secret).stream())
          .findFirst()
          .<HandshakeOutcome>map(answer -> new HandshakeOutcome.Answered(json(found, answer)))
          .orElseGet(
              () ->
                  new HandshakeOutcome.Refused(
                      Reason.NO_SECRET,
                      "No secret is active at this time, so the handshake cannot be answered"));
    }

    private HandshakeAnswer json(String found, String answer) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      valueName.ifPresent(name -> body.put(name, found));
      body.put(hashName, answer);
      return new HandshakeAnswer(200, "application/json", body.toString());
    }
  }

  /**
   * Saves the secret in an unsigned first request, if there is none yet. The address it is sent to
   * has to end in one of the source's secrets for handshakes, which only the provider was given:
   * otherwise a stranger could be first.
   */
  record Capture(HandshakeCondition condition, ValueLocation value, HandshakeForm form)
      implements Handshake {
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e]{16,512}");
    private static final ValueLocation TOKEN = new ValueLocation.InPath();

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
            Reason.MALFORMED,
            "The "
                + value.describe()
                + " is not a secret: it has to be 16 to 512 visible ASCII characters");
      }
      if (isOneOf(asked.secretsFor(Secret.VERIFICATION), found)) {
        return new HandshakeOutcome.Answered(form.answer(found));
      }
      if (!asked.awaitsSecret()) {
        return new HandshakeOutcome.Refused(
            Reason.MISSING_SIGNATURE,
            "The request contains a secret, but the source does not expect one; if the provider"
                + " was connected again, set captureUntil");
      }
      return isFromProvider(asked)
          ? new HandshakeOutcome.Captured(found, form.answer(found))
          : new HandshakeOutcome.Refused(
              Reason.BAD_SIGNATURE,
              "The request contains a secret, but its address does not end in the source's secret"
                  + " for handshakes: give the provider the address with it");
    }

    private static boolean isFromProvider(HandshakeRequest asked) {
      List<Secret> tokens = asked.secretsFor(Secret.HANDSHAKE);
      return TOKEN.find(asked.request()).filter(shown -> isOneOf(tokens, shown)).isPresent();
    }
  }

  /** Several handshakes of one provider; a request is at most one of them. */
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

  /** Compares all of them in full, so the time taken reveals nothing. */
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
