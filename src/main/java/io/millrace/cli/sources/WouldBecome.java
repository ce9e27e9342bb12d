package io.millrace.cli.sources;

import io.millrace.cli.BadFields;
import io.millrace.cli.Table;
import io.millrace.cli.traffic.CapturedRequest;
import io.millrace.event.Attempt;
import io.millrace.event.DeadLetter;
import io.millrace.event.Delivery;
import io.millrace.event.Event;
import io.millrace.event.Identifier;
import io.millrace.identity.IdentifierText;
import io.millrace.model.EventKeys;
import io.millrace.model.RecordTypes;
import io.millrace.normalize.NormalizeRules;
import io.millrace.normalize.Normalized;
import io.millrace.normalize.Normalizer;
import io.millrace.provider.HandshakeOutcome;
import io.millrace.provider.HandshakeRequest;
import io.millrace.provider.Provider;
import io.millrace.source.Source;
import io.millrace.verify.Secret;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.Verdict;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Shows what a genuine request would become, for a given source or an unconfigured provider. */
final class WouldBecome {
  private static final String INDENTED = "    ";

  private final Source source;
  private final Provider provider;
  private final NormalizeRules rules;
  private final SignedRequest request;
  private final List<Secret> secrets;

  WouldBecome(Source source, NormalizeRules rules, CapturedRequest captured) {
    this.source = source;
    this.rules = rules;
    this.provider = source.provider();
    this.request = captured.request();
    this.secrets = captured.secrets();
  }

  /**
   * Prints one line for each event, dead letter or part that reports nothing, or one for a
   * handshake, which becomes none of these.
   */
  void print(Verdict.Verified verified, Instant now, PrintWriter out) {
    HandshakeRequest asked = new HandshakeRequest(request, true, secrets, false);
    Optional<HandshakeOutcome> handshake =
        provider.handshake().flatMap(known -> known.answer(asked));
    if (handshake.isPresent()) {
      out.println("  would be " + inWords(handshake.get()) + ", and would become no event");
      return;
    }
    out.println("  would become:");
    Table table = new Table();
    List<Normalized> parts = Normalizer.normalize(source, rules, delivery(verified, now), 0, 0);
    parts.forEach(normalized -> row(normalized, table));
    table.print(out);
    parts.forEach(normalized -> whoIsMeant(normalized, out));
    parts.forEach(normalized -> problems(normalized, out));
  }

  /** How the event names its person and its account. The opaque ids need a key. */
  private static void whoIsMeant(Normalized normalized, PrintWriter out) {
    if (normalized instanceof Normalized.Event became) {
      Event event = became.event();
      event
          .getPerson()
          .ifPresent(person -> whoIsMeant(event, "person", person.getIdentifiers(), out));
      event
          .getAccount()
          .ifPresent(account -> whoIsMeant(event, "account", account.getIdentifiers(), out));
    }
  }

  private static void whoIsMeant(
      Event event, String what, List<Identifier> identifiers, PrintWriter out) {
    out.printf("  %s of %s: %s%n", what, event.getEventId(), IdentifierText.of(identifiers));
  }

  private static void problems(Normalized normalized, PrintWriter out) {
    if (normalized instanceof Normalized.Event became
        && !became.event().getMetadata().getProblems().isEmpty()) {
      out.println("  with invalid fields in " + became.event().getEventId() + ":");
      BadFields.print(became.event(), INDENTED, out);
    }
  }

  private static String inWords(HandshakeOutcome outcome) {
    return switch (outcome) {
      case HandshakeOutcome.Answered answered ->
          "answered as a handshake, with " + answered.answer().status();
      case HandshakeOutcome.Captured captured -> "stored as the secret it contains";
      case HandshakeOutcome.Refused refused -> "refused as a handshake: " + refused.explanation();
    };
  }

  private static void row(Normalized normalized, Table table) {
    switch (normalized) {
      case Normalized.Event became -> {
        Event event = became.event();
        String record =
            RecordTypes.isPerson(event.getRecord())
                ? event.getRecord().getType()
                : EventKeys.record(event);
        table.row(INDENTED + event.getEventType(), record, event.getEventId());
      }
      case Normalized.Refused refused -> {
        DeadLetter letter = refused.deadLetter();
        Attempt attempt = letter.getAttempts().getLast();
        table.row(INDENTED + "dead letter", letter.getReason(), attempt.getError());
      }
      case Normalized.Nothing nothing ->
          table.row(
              INDENTED + "nothing",
              nothing.what(),
              "its catalogue entry says that it reports none");
    }
  }

  private Delivery delivery(Verdict.Verified verified, Instant now) {
    return Delivery.newBuilder()
        .setDeliveryId("captured")
        .setSource(source.name())
        .setReceivedAt(now)
        .setMethod(request.method())
        .setUrl(request.url())
        .setHeaders(request.headers().asMap())
        .setBody(ByteBuffer.wrap(request.body()))
        .setRemoteAddress("127.0.0.1")
        .setAssurance(verified.assurance().name())
        .setSecret(verified.secret().orElse(null))
        .build();
  }
}
