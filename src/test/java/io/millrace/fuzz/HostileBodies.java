package io.millrace.fuzz;

import io.millrace.event.DeadLetter;
import io.millrace.event.Delivery;
import io.millrace.event.Event;
import io.millrace.normalize.NormalizeRules;
import io.millrace.normalize.Normalized;
import io.millrace.normalize.Normalizer;
import io.millrace.normalize.field.FieldRules;
import io.millrace.normalize.testing.TestIds;
import io.millrace.verify.SignedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What must hold for every delivery, whatever is in it: an event or a dead letter for every part,
 * numbered and named, the same ones each time, in good time and no more than its size allows.
 */
final class HostileBodies {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The shipped table, so that its checks meet hostile values as well. */
  private static final NormalizeRules RULES =
      TestIds.rules(FieldRules.load(Path.of("topology", "rules")));

  /** What an element may cost beside what it says itself, in bytes. */
  private static final int PER_ELEMENT = 4096;

  /** How many times larger than its body the parts of a delivery may be altogether. */
  private static final int GROWTH = 32;

  private HostileBodies() {}

  /** Takes the delivery apart that the bytes describe. */
  static void check(byte[] bytes) {
    Choices choices = new Choices(bytes);
    Target target = choices.of(Target.all());
    Draft draft = Draft.of(choices.of(target.genuine()));
    SignedRequest request =
        (choices.flag() ? draft.withBody(choices.rest()) : draft.changed(choices)).request();
    check(target, request);
  }

  static void check(Target target, SignedRequest request) {
    Delivery delivery = delivery(request);
    long started = System.nanoTime();
    List<Normalized> parts = Normalizer.normalize(target.source(), RULES, delivery, 3, 4711);
    long took = System.nanoTime() - started;

    String name = target + ": " + text(request);
    require(took < PATIENCE.toNanos(), name, "it took " + Duration.ofNanos(took));
    requireNumbered(parts, name);
    parts.forEach(part -> requireNamed(part, name));
    List<Normalized> again = Normalizer.normalize(target.source(), RULES, delivery, 3, 4711);
    require(again.equals(parts), name, "it became something else the second time");
    requireSmall(parts, request, name);
  }

  private static void requireNumbered(List<Normalized> parts, String name) {
    require(!parts.isEmpty(), name, "it became nothing");
    boolean whole = parts.size() == 1 && index(parts.getFirst()) == -1;
    for (int index = 0; index < parts.size() && !whole; index++) {
      require(index(parts.get(index)) == index, name, "part " + index + " has another number");
    }
  }

  private static int index(Normalized part) {
    return switch (part) {
      case Normalized.Event event -> event.event().getMetadata().getLineage().getIndex();
      case Normalized.Refused refused -> refused.deadLetter().getLineage().getIndex();
      case Normalized.Nothing nothing -> nothing.lineage().getIndex();
    };
  }

  private static void requireNamed(Normalized part, String name) {
    switch (part) {
      case Normalized.Event made -> {
        Event event = made.event();
        require(!event.getEventId().isEmpty(), name, "an event has no id");
        require(!event.getEventType().isEmpty(), name, "an event has no type");
        require(!event.getRecord().getType().isEmpty(), name, "a record has no type");
        require(!event.getRecord().getId().isEmpty(), name, "a record has no id");
      }
      case Normalized.Refused refused -> {
        DeadLetter letter = refused.deadLetter();
        require(!letter.getDeadLetterId().isEmpty(), name, "a dead letter has no id");
        require(!letter.getReason().isEmpty(), name, "a dead letter has no reason");
        require(letter.getAttempts().size() == 1, name, "a dead letter has no error");
      }
      case Normalized.Nothing nothing ->
          require(!nothing.what().isEmpty(), name, "what reports nothing has no name");
    }
  }

  private static void requireSmall(List<Normalized> parts, SignedRequest request, String name) {
    long headers = request.headers().asMap().toString().length() * 2L;
    long allowed = parts.size() * (PER_ELEMENT + headers) + GROWTH * (long) request.body().length;
    long size = parts.stream().mapToLong(HostileBodies::size).sum();
    require(size <= allowed, name, parts.size() + " parts of it have " + size + " bytes");
  }

  private static long size(Normalized part) {
    try {
      return switch (part) {
        case Normalized.Event event -> Event.getEncoder().encode(event.event()).remaining();
        case Normalized.Refused refused ->
            DeadLetter.getEncoder().encode(refused.deadLetter()).remaining();
        case Normalized.Nothing nothing -> 0;
      };
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  static Delivery delivery(SignedRequest request) {
    return Delivery.newBuilder()
        .setDeliveryId("0195-delivery")
        .setSource("tested")
        .setReceivedAt(Target.NOW)
        .setMethod(request.method())
        .setUrl(request.url())
        .setHeaders(request.headers().asMap())
        .setBody(ByteBuffer.wrap(request.body()))
        .setRemoteAddress("192.0.2.1")
        .setAssurance("BODY_SIGNED")
        .build();
  }

  private static String text(SignedRequest request) {
    String body = new String(request.body(), StandardCharsets.UTF_8);
    return body.length() > 2000 ? body.substring(0, 2000) + " ..." : body;
  }

  private static void require(boolean holds, String delivery, String fault) {
    if (!holds) {
      throw new AssertionError(fault + ", of " + delivery);
    }
  }
}
