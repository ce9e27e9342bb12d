package io.millrace.edge;

import io.millrace.edge.ReplayGuard.Reservation;
import io.millrace.edge.admit.ConnectedSource;
import io.millrace.edge.admit.UnsignedWords.Said;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Recognises signed bytes that come again with another id or type, where these are in headers that
 * nobody signed: whoever has seen one genuine delivery could otherwise tell it again as another
 * event, or as a deletion. Thread-safe.
 */
final class RetoldGuard {
  /** More types than any sender has for one change. */
  private static final int MOST_TYPES = 8;

  private record Key(String source, String signed) {}

  /**
   * @param accepted whether the log has stored it; false while it is being stored
   */
  private record Event(Said said, boolean accepted) {}

  /**
   * What was said of some signed bytes.
   *
   * @param byType at most one event of each type
   */
  private record Told(Map<String, Event> byType) {
    Told {
      byType = Map.copyOf(byType);
    }

    boolean destroys() {
      return byType.values().stream().anyMatch(event -> event.said().destroys());
    }

    Told with(Event event) {
      Map<String, Event> more = new HashMap<>(byType);
      more.put(event.said().type(), event);
      return new Told(more);
    }

    /** Without an event that was not stored, unless another attempt of it was. */
    Told without(Said said) {
      Map<String, Event> less = new HashMap<>(byType);
      less.remove(said.type(), new Event(said, false));
      return new Told(less);
    }
  }

  /** The result of a claim. */
  sealed interface Claim {
    /** The first time, or the same again. */
    record Granted(Reservation reservation, boolean repeated) implements Claim {}

    /** The signed bytes were told otherwise before; why. */
    record Retold(String explanation) implements Claim {}
  }

  private final RecentMemory<Key, Told> memory;
  private final Runnable forgotten;

  /**
   * @param forgotten called when something is forgotten early, because there is no room
   */
  RetoldGuard(int capacity, Duration lifetime, Clock clock, Runnable forgotten) {
    memory = new RecentMemory<>(capacity, lifetime, clock);
    this.forgotten = forgotten;
  }

  /** Reserves what is said of signed bytes until it is known whether the delivery was stored. */
  synchronized Claim claim(ConnectedSource source, String signed, Said said) {
    Key key = new Key(source.name(), signed);
    Told told = memory.find(key).orElseGet(() -> new Told(Map.of()));
    Optional<Event> earlier = Optional.ofNullable(told.byType().get(said.type()));
    Optional<String> refusal =
        earlier.isPresent() ? otherId(earlier.get(), said) : otherType(source, told, said);
    if (refusal.isPresent()) {
      return new Claim.Retold(refusal.get());
    }
    if (earlier.isEmpty()) {
      remember(key, told.with(new Event(said, false)));
    }
    return new Claim.Granted(stored -> settle(key, said, stored), earlier.isPresent());
  }

  private static Optional<String> otherId(Event earlier, Said said) {
    return earlier.said().id().equals(said.id())
        ? Optional.empty()
        : Optional.of(
            "The same signed bytes were accepted before with another id, which is in a header"
                + " that is not signed");
  }

  private static Optional<String> otherType(ConnectedSource source, Told told, Said said) {
    if (told.byType().isEmpty()) {
      return Optional.empty();
    }
    if (!source.unsignedWords().typesShareBodies()) {
      return Optional.of(
          "The same signed bytes were accepted before with another type, which is in a header"
              + " that is not signed");
    }
    if (said.destroys() || told.destroys()) {
      return Optional.of(
          "The same signed bytes were accepted before with another type. The type is in a header"
              + " that is not signed, so it cannot turn them into a deletion or back");
    }
    return told.byType().size() >= MOST_TYPES
        ? Optional.of(
            "The same signed bytes were accepted before with %d other types"
                .formatted(told.byType().size()))
        : Optional.empty();
  }

  private void remember(Key key, Told told) {
    if (memory.put(key, told)) {
      forgotten.run();
    }
  }

  /** Only a stored delivery counts: a sender whose delivery was lost has to retry. */
  private synchronized void settle(Key key, Said said, boolean stored) {
    Told told = memory.find(key).orElseGet(() -> new Told(Map.of()));
    Told now = stored ? told.with(new Event(said, true)) : told.without(said);
    if (now.byType().isEmpty()) {
      memory.remove(key);
    } else if (!now.equals(told)) {
      remember(key, now);
    }
  }

  synchronized int size() {
    return memory.size();
  }
}
