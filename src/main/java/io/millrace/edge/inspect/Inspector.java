package io.millrace.edge.inspect;

import io.millrace.edge.wire.InspectorSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last requests to each source, verified or not, limited in number, memory and age. The
 * memory belongs to one process and is lost with it; requests to another edge are found at that
 * edge.
 */
public final class Inspector {
  /** The source name of requests to sources that are not connected. */
  public static final String UNKNOWN_SOURCE = "-";

  private static final Logger LOG = LoggerFactory.getLogger(Inspector.class);

  /** A larger body is truncated; its beginning shows what it is. */
  private static final int MAX_BODY_BYTES = 256 * 1024;

  /** A single body takes at most one in this number of parts of the memory. */
  private static final int SHARES = 8;

  /** Expired requests are not removed with every request; they are never shown either way. */
  private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(1);

  private final InspectorSettings settings;
  private final Clock clock;
  private final Supplier<Stream<String>> secrets;
  private final String instance;
  private final Map<String, Kept> bySource = new HashMap<>();
  private Instant nextSweep = Instant.MIN;
  private long sequence;
  private long bytes;

  /**
   * @param secrets the values of all secrets configured now
   */
  public Inspector(InspectorSettings settings, Clock clock, Supplier<Stream<String>> secrets) {
    this.settings = settings;
    this.clock = clock;
    this.secrets = secrets;
    instance = Long.toHexString(clock.millis());
  }

  public int maxBodyBytes() {
    return settings.isOff() ? 0 : Math.min(MAX_BODY_BYTES, Math.max(1, settings.bytes() / SHARES));
  }

  /** Never fails: inspecting deliveries must not affect their senders. */
  public void keep(LongFunction<InspectedRequest> request) {
    if (settings.isOff()) {
      return;
    }
    try {
      add(request);
    } catch (RuntimeException failure) {
      LOG.warn("A request could not be kept for the inspector", failure);
    }
  }

  private synchronized void add(LongFunction<InspectedRequest> made) {
    sequence++;
    InspectedRequest request = made.apply(sequence);
    Instant now = clock.instant();
    if (!now.isBefore(nextSweep)) {
      forgetExpired(now);
    }
    int size = request.size();
    if (size > settings.bytes()) {
      return;
    }
    Kept ofSource = bySource.computeIfAbsent(place(request), source -> new Kept());
    ofSource.add(request, size);
    bytes += size;
    if (ofSource.requests.size() > settings.deliveries()) {
      bytes -= ofSource.forgetOldest();
    }
    while (bytes > settings.bytes()) {
      bytes -= largest().forgetOldest();
    }
  }

  /** Genuine and refused requests are kept separately: a flood must not hide genuine ones. */
  private static String place(InspectedRequest request) {
    boolean refused = request.summary().result() == InspectedDelivery.Result.REFUSED;
    return request.summary().source() + (refused ? " refused" : "");
  }

  /**
   * The source with the most requests loses its oldest, so the last deliveries of a quiet source
   * stay.
   */
  private Kept largest() {
    Kept largest = new Kept();
    for (Kept kept : bySource.values()) {
      largest = kept.bytes > largest.bytes ? kept : largest;
    }
    return largest;
  }

  private void forgetExpired(Instant now) {
    nextSweep = now.plus(BETWEEN_SWEEPS);
    Instant oldest = now.minus(settings.age());
    for (Kept kept : bySource.values()) {
      while (kept.beginsBefore(oldest)) {
        bytes -= kept.forgetOldest();
      }
    }
  }

  /** All kept requests, the newest first. */
  public Stream<InspectedDelivery> newestFirst() {
    List<InspectedRequest> kept = kept();
    Supplier<SecretMask> mask = once(() -> mask(kept));
    return kept.stream().map(request -> request.masked(instance + "-" + request.number(), mask));
  }

  /**
   * Finds a request.
   *
   * @param id the id of the request, or of its delivery; if there were several attempts, the last
   *     one is found
   */
  public Optional<InspectedDelivery> find(String id) {
    return newestFirst()
        .filter(
            it -> it.id().equals(id) || it.summary().deliveryId().filter(id::equals).isPresent())
        .findFirst();
  }

  private synchronized List<InspectedRequest> kept() {
    forgetExpired(clock.instant());
    List<InspectedRequest> all = new ArrayList<>();
    bySource.values().forEach(kept -> kept.requests.forEach(it -> all.add(it.request())));
    // Created under the lock, so the numbers are in the order of completion.
    all.sort(Comparator.comparingLong(InspectedRequest::number).reversed());
    return all;
  }

  /** Makes the mask only if something is shown. */
  private static Supplier<SecretMask> once(Supplier<SecretMask> made) {
    return new Supplier<>() {
      private Optional<SecretMask> mask = Optional.empty();

      @Override
      public synchronized SecretMask get() {
        SecretMask known = mask.orElseGet(made);
        mask = Optional.of(known);
        return known;
      }
    };
  }

  /** Masks the secrets configured now, and those configured when a request arrived. */
  private SecretMask mask(List<InspectedRequest> kept) {
    Stream<String> then = kept.stream().flatMap(request -> request.secrets().stream());
    return SecretMask.of(Stream.concat(secrets.get(), then).collect(Collectors.toSet()));
  }

  /** The memory in use, in bytes. */
  synchronized long bytes() {
    return bytes;
  }

  /** The requests kept of one source, the oldest first. */
  private static final class Kept {
    private record Sized(InspectedRequest request, int bytes) {}

    private final Deque<Sized> requests = new ArrayDeque<>();
    private long bytes;

    void add(InspectedRequest request, int size) {
      requests.addLast(new Sized(request, size));
      bytes += size;
    }

    boolean beginsBefore(Instant time) {
      return !requests.isEmpty()
          && requests.getFirst().request().summary().receivedAt().isBefore(time);
    }

    /** Removes the oldest request, and returns the bytes this freed. */
    int forgetOldest() {
      int freed = requests.removeFirst().bytes();
      bytes -= freed;
      return freed;
    }
  }
}
