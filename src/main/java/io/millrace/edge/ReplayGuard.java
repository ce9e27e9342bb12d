package io.millrace.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.edge.admit.ConnectedSource;
import io.millrace.edge.admit.UnsignedWords;
import io.millrace.edge.wire.Problem;
import io.millrace.edge.wire.ProblemException;
import io.millrace.edge.wire.ReplaySettings;
import io.millrace.model.Reason;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.SignedText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Refuses replays: deliveries with a valid signature that was used before. The package's
 * description says which repeats are refused, and why all others pass. Thread-safe.
 */
final class ReplayGuard {
  private record Key(String source, String signed) {}

  /**
   * @param accepted whether the log has stored it; false while it is being stored
   */
  private record Seen(String body, Instant first, boolean accepted) {}

  private final RecentMemory<Key, Seen> memory;
  private final RetoldGuard retold;
  private final MeterRegistry registry;

  ReplayGuard(ReplaySettings settings, MeterRegistry registry, Clock clock) {
    memory = new RecentMemory<>(settings.capacity(), settings.lifetime(), clock);
    retold = new RetoldGuard(settings.capacity(), settings.lifetime(), clock, this::countForgotten);
    this.registry = registry;
    Gauge.builder("millrace.edge.replay.remembered", this::size)
        .description("Signed texts remembered to recognise replays")
        .register(registry);
  }

  /** Reserves the signed text of a delivery until it is known whether the delivery was stored. */
  interface Reservation {
    void settle(boolean stored);
  }

  /** Reserves the signed text of a delivery, or refuses the delivery as a replay. */
  Reservation reserve(Exchange.Proved proved) {
    return reserve(
        proved.source(), proved.verdict().signed(), proved.request(), proved.arrived().time());
  }

  /**
   * Reserves the signed text of a delivery.
   *
   * @throws ProblemException if the delivery is a replay
   */
  Reservation reserve(
      ConnectedSource source, Optional<SignedText> signed, SignedRequest request, Instant now) {
    if (signed.isEmpty()) {
      return stored -> {};
    }
    signed.get().unlimitedTime().ifPresent(time -> checkAge(source, time, now));
    return switch (source.replayMemory()) {
      case NOTHING -> reserveWords(source, signed.get(), request);
      case TOKENS, BODIES -> {
        Key key = new Key(source.name(), signed.get().fingerprint());
        Seen seen = new Seen(SignedText.fingerprint(request.body()), now, false);
        claim(source, key, seen);
        yield stored -> settle(key, seen, stored);
      }
    };
  }

  /** Reserves the id and type that unsigned headers give the signed text. */
  private Reservation reserveWords(
      ConnectedSource source, SignedText signed, SignedRequest request) {
    if (source.unsignedWords().isEmpty()) {
      return stored -> {};
    }
    UnsignedWords.Said said = source.unsignedWords().said(request.headers());
    return switch (retold.claim(source, signed.fingerprint(), said)) {
      case RetoldGuard.Claim.Granted(var reservation, var repeated) -> {
        if (repeated) {
          count(source, "repeated");
        }
        yield reservation;
      }
      case RetoldGuard.Claim.Retold(var explanation) -> throw replayed(source, explanation);
    };
  }

  /** Needs no memory, which is limited in time and not shared between processes. */
  private void checkAge(ConnectedSource source, Instant signedAt, Instant now) {
    Duration age = Duration.between(signedAt, now);
    if (age.abs().compareTo(source.source().repeatHorizon()) > 0) {
      count(source, "refused");
      throw Problem.of(
              Reason.STALE,
              """
              The signature is valid, but its time, %s, is further from now than the %s within which \
              repeats are recognised"""
                  .formatted(signedAt, source.source().repeatHorizon()))
          .at(source.name())
          .toException();
    }
  }

  private synchronized void claim(ConnectedSource source, Key key, Seen seen) {
    Optional<Seen> earlier = memory.find(key);
    if (earlier.isEmpty()) {
      remember(key, seen);
      return;
    }
    if (!earlier.get().body().equals(seen.body())) {
      throw replayed(
          source,
          "The signed token was used before with another body, so one of the two is forged");
    }
    if (seen.first().isAfter(earlier.get().first().plus(source.source().repeatHorizon()))) {
      throw replayed(
          source,
          "The same delivery was accepted at %s, longer ago than its sender retries"
              .formatted(earlier.get().first()));
    }
    count(source, "repeated");
  }

  /** Only a stored delivery counts: a sender whose delivery was lost has to retry. */
  private synchronized void settle(Key key, Seen seen, boolean stored) {
    Optional<Seen> known = memory.find(key);
    if (stored && known.filter(Seen::accepted).isEmpty()) {
      remember(key, new Seen(seen.body(), seen.first(), true));
    } else if (!stored && known.filter(seen::equals).isPresent()) {
      memory.remove(key);
    }
  }

  private void remember(Key key, Seen seen) {
    if (memory.put(key, seen)) {
      countForgotten();
    }
  }

  private void countForgotten() {
    Counter.builder("millrace.edge.replay.forgotten")
        .description("Signed texts forgotten early because edge.replay.capacity was reached")
        .register(registry)
        .increment();
  }

  private ProblemException replayed(ConnectedSource source, String detail) {
    count(source, "refused");
    return Problem.of(Reason.REPLAYED, detail).at(source.name()).toException();
  }

  private void count(ConnectedSource source, String outcome) {
    Counter.builder("millrace.edge.replays")
        .description("Deliveries whose signed text had been seen before or was too old, by outcome")
        .tags("source", source.name(), "outcome", outcome)
        .register(registry)
        .increment();
  }

  private synchronized int size() {
    return memory.size() + retold.size();
  }
}
