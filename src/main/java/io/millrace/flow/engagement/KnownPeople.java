package io.millrace.flow.engagement;

import io.millrace.flow.step.StoreWalk;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** Which people are known by which rule, and how many of their events wait for it, by place. */
final class KnownPeople {
  /** A person without events for this long is no longer known. */
  static final long KNOWN_DAYS = 400;

  /** How often the last event of a known person is written at most. */
  private static final long REFRESH_DAYS = 30;

  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  private final ProcessorContext<?, ?> context;

  /** How many events wait; or, as a negative number, the day of a known person's last event. */
  private final KeyValueStore<String, Long> known;

  KnownPeople(ProcessorContext<?, ?> context, KeyValueStore<String, Long> known) {
    this.context = context;
    this.known = known;
    StoreWalk.begin(context, known, this::freeIfOver);
  }

  /** Whether the person is known; if so, it has been heard of again. */
  boolean isKnown(String place) {
    boolean isKnown = isNoted(place);
    if (isKnown) {
      heardOf(place);
    }
    return isKnown;
  }

  /** Whether the person is known, without having been heard of. */
  boolean isNoted(String place) {
    return number(place) < 0;
  }

  /** Writes that a person is known, unless that was written recently. */
  void heardOf(String place) {
    if (-number(place) <= today() - REFRESH_DAYS) {
      known.put(place, -today());
    }
  }

  /** How many events wait; at a known person, none do. */
  long waitingAt(String place) {
    return Math.max(0, number(place));
  }

  /** One more event waits. */
  void waits(String place) {
    known.put(place, waitingAt(place) + 1);
  }

  /** Some events no longer wait, whether or not the person is known. */
  void waitNoLonger(String place, long events) {
    if (!isNoted(place)) {
      long left = waitingAt(place) - events;
      known.put(place, left <= 0 ? null : left);
    }
  }

  /** Forgets that a person is known; events that wait keep waiting. */
  void forget(String place) {
    if (isNoted(place)) {
      known.put(place, null);
    }
  }

  private void freeIfOver(String place, long number) {
    if (number < 0 && -number < today() - KNOWN_DAYS) {
      known.put(place, null);
    }
  }

  private long today() {
    return Math.floorDiv(context.currentStreamTimeMs(), DAY_MS);
  }

  private long number(String place) {
    Long number = known.get(place);
    return number == null ? 0 : number;
  }
}
