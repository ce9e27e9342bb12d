package io.millrace.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.edge.admit.ConnectedSource;
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
 * Refuses a delivery that was rightly signed once but proves nothing new; the package's description
 * says what that means, and why everything else passes. Safe for use by many threads.
 */
final class ReplayGuard {
  private record Key(String source, String signed) {}

  /**
   * @param accepted whether the log has it, or it is only on its way there
   */
  private record Seen(String body, Instant first, boolean accepted) {}

  private final RecentMemory<Key, Seen> memory;
  private final MeterRegistry registry;

  ReplayGuard(ReplaySettings settings, MeterRegistry registry, Clock clock) {
    memory = new RecentMemory<>(settings.capacity(), settings.lifetime(), clock);
    this.registry = registry;
    Gauge.builder("millrace.edge.replay.remembered", this::size)
        .description("Signed texts remembered to know a replay by")
        .register(registry);
  }

  /** What is signed in a delivery is taken, until it is known whether that was stored. */
  interface Reservation {
    void settle(boolean stored);
  }

  /** Reserves what is signed in a delivery for it, or refuses it as a replay. */
  Reservation reserve(Exchange.Proved proved) {
    return reserve(
        proved.source(), proved.verdict().signed(), proved.request(), proved.arrived().time());
  }

  /**
   * Reserves what is signed in a delivery for it.
   *
   * @throws ProblemException if it is a replay
   */
  Reservation reserve(
      ConnectedSource source, Optional<SignedText> signed, SignedRequest request, Instant now) {
    if (signed.isEmpty()) {
      return stored -> {};
    }
    signed.get().unlimitedTime().ifPresent(time -> checkAge(source, time, now));
    return switch (source.replayMemory()) {
      case NOTHING -> stored -> {};
      case TOKENS, BODIES -> {
        Key key = new Key(source.name(), signed.get().fingerprint());
        Seen seen = new Seen(SignedText.fingerprint(request.body()), now, false);
        claim(source, key, seen);
        yield stored -> settle(key, seen, stored);
      }
    };
  }

  /** The memory is short, and this process's alone; a signed time needs none. */
  private void checkAge(ConnectedSource source, Instant signedAt, Instant now) {
    Duration age = Duration.between(signedAt, now);
    if (age.abs().compareTo(source.source().repeatHorizon()) > 0) {
      count(source, "refused");
      throw Problem.of(
              Reason.STALE,
              "Rightly signed, but at %s: further from now than the %s in which a repeat is known"
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
          source, "The token that is signed came before, with another body: one of them is forged");
    }
    if (seen.first().isAfter(earlier.get().first().plus(source.source().repeatHorizon()))) {
      throw replayed(
          source,
          "The same was taken at %s, longer ago than its sender repeats itself"
              .formatted(earlier.get().first()));
    }
    count(source, "repeated");
  }

  /** Only what the log has counts: a sender whose delivery was lost has to come again. */
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
      Counter.builder("millrace.edge.replay.forgotten")
          .description("Signed texts forgotten before their time, for edge.replay.capacity")
          .register(registry)
          .increment();
    }
  }

  private ProblemException replayed(ConnectedSource source, String detail) {
    count(source, "refused");
    return Problem.of(Reason.REPLAYED, detail).at(source.name()).toException();
  }

  private void count(ConnectedSource source, String outcome) {
    Counter.builder("millrace.edge.replays")
        .description("Deliveries whose signed text was known, by what became of them")
        .tags("source", source.name(), "outcome", outcome)
        .register(registry)
        .increment();
  }

  private synchronized int size() {
    return memory.size();
  }
}
