package io.millrace.bench.load;

import io.millrace.bench.load.MixEvent.Kind;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The load: the events that sales and marketing tools post in a busy minute. Of the distinct events
 * 70 % are engagement (page views, opens, clicks, product use), 25 % leads and 5 % deals, of
 * 100,000 people; 2 % of the deliveries are copies, 5 % of the events happened up to 1.5 s before
 * the ones around them. After the busy period comes a quiet one of twenty minutes with 3 % of the
 * events; one copy in twenty arrives then, a quarter of an hour late, like the retry of a sender
 * that got no answer. The same seed produces the same events.
 *
 * <p>A lead or a deal belongs to one source; engagement comes from all eight.
 */
public final class VolumeMix {
  public static final String SOURCE_PREFIX = "bench";
  public static final int SOURCES = 8;
  public static final int PEOPLE = 100_000;

  /**
   * The arrival rate in the busy period, by the events' timestamps; the processing rate is
   * measured.
   */
  static final int ARRIVALS_PER_SECOND = 7_500;

  /** The delay of the late copies. */
  static final long RETRY_AFTER_MS = 15 * 60_000;

  private static final double QUIET = 0.03;
  private static final long QUIET_MS = 20 * 60_000;

  /**
   * The delay of the closing events after everything else: by then every window has ended, and
   * every wait for a prerequisite (five minutes by the default rules).
   */
  static final long CLOSING_AFTER_MS = 8 * 60_000;

  /** The number per kind, so that every partition gets one. */
  private static final int CLOSING_EVENTS = 200;

  private static final double COPIES = 0.02;
  private static final double LATE_COPIES = 0.05;
  private static final double EARLY = 0.05;
  private static final int EARLY_MS = 1_500;
  private static final double ENGAGEMENT = 0.70;
  private static final double ENGAGEMENT_AND_LEADS = 0.95;
  private static final double LEADS_CREATED = 0.3;
  private static final int REMEMBERED = 1_000;
  private static final List<String> ENGAGEMENT_TYPES =
      List.of("page.viewed", "email.opened", "email.clicked", "product.used");

  private final SplittableRandom random;
  private final int busy;
  private final int size;
  private final long startMs;
  private final List<MixEvent> last = new ArrayList<>(REMEMBERED);
  private final Deque<MixEvent> retries = new ArrayDeque<>();
  private int number;

  private VolumeMix(long seed, int size, Instant start) {
    this.random = new SplittableRandom(seed);
    this.busy = size - (int) (size * QUIET);
    this.size = size;
    this.startMs = start.toEpochMilli();
  }

  /** How long before now a mix must start so that none of its events is in the future. */
  public static long spanMs(int size) {
    return busyMs(size) + QUIET_MS + CLOSING_AFTER_MS + 10_000;
  }

  private static long busyMs(int size) {
    return size * 1000L / ARRIVALS_PER_SECOND;
  }

  /**
   * Passes on everything the senders post, in order of arrival.
   *
   * @param size the number of deliveries without the late copies, at least 1
   * @return the number of distinct events, which are numbered from 0
   */
  public static int generate(long seed, int size, Instant start, Consumer<MixEvent> taker) {
    VolumeMix mix = new VolumeMix(seed, size, start);
    for (int posted = 0; posted < size; posted++) {
      mix.next(posted, taker);
    }
    mix.retries.forEach(taker);
    return mix.number;
  }

  /**
   * Passes on the closing events: later than everything else, of people and leads that occur
   * nowhere else, so that every earlier window ends.
   *
   * @param firstNumber the number of the first of them
   * @return one past the number of the last
   */
  public static int close(int size, int firstNumber, Instant start, Consumer<MixEvent> taker) {
    long arrivedMs = start.toEpochMilli() + busyMs(size) + QUIET_MS + CLOSING_AFTER_MS;
    int number = firstNumber;
    for (int i = 0; i < CLOSING_EVENTS; i++) {
      int person = PEOPLE + 1 + i;
      int source = source(person);
      taker.accept(
          new MixEvent(
              number++,
              source,
              Kind.ENGAGEMENT,
              "page.viewed",
              person,
              0,
              arrivedMs,
              arrivedMs,
              false));
      taker.accept(
          new MixEvent(
              number++, source, Kind.LEAD, "lead.created", person, 1, arrivedMs, arrivedMs, false));
    }
    return number;
  }

  private void next(int posted, Consumer<MixEvent> taker) {
    long arrivedMs = arrivalMs(posted);
    while (!retries.isEmpty() && retries.getFirst().arrivedMs() <= arrivedMs) {
      taker.accept(retries.removeFirst());
    }
    if (last.isEmpty() || random.nextDouble() >= COPIES) {
      MixEvent event = event(arrivedMs);
      remember(event);
      taker.accept(event);
      return;
    }
    MixEvent copied = last.get(random.nextInt(last.size()));
    if (posted < busy && random.nextDouble() < LATE_COPIES) {
      retries.addLast(copyOf(copied, arrivedMs + RETRY_AFTER_MS));
    } else {
      taker.accept(copyOf(copied, arrivedMs));
    }
  }

  private long arrivalMs(int posted) {
    if (posted < busy) {
      return startMs + posted * 1000L / ARRIVALS_PER_SECOND;
    }
    return startMs + busyMs(busy) + (posted - busy) * QUIET_MS / (size - busy);
  }

  private static MixEvent copyOf(MixEvent event, long arrivedMs) {
    return new MixEvent(
        event.number(),
        event.source(),
        event.kind(),
        event.type(),
        event.person(),
        event.status(),
        event.occurredMs(),
        arrivedMs,
        true);
  }

  private MixEvent event(long arrivedMs) {
    long occurredMs =
        random.nextDouble() < EARLY ? arrivedMs - random.nextInt(EARLY_MS + 1) : arrivedMs;
    int person = 1 + random.nextInt(PEOPLE);
    double kind = random.nextDouble();
    if (kind < ENGAGEMENT) {
      String type = ENGAGEMENT_TYPES.get(random.nextInt(ENGAGEMENT_TYPES.size()));
      return new MixEvent(
          number++,
          1 + random.nextInt(SOURCES),
          Kind.ENGAGEMENT,
          type,
          person,
          0,
          occurredMs,
          arrivedMs,
          false);
    }
    if (kind < ENGAGEMENT_AND_LEADS) {
      String type = random.nextDouble() < LEADS_CREATED ? "lead.created" : "lead.updated";
      return new MixEvent(
          number++,
          source(person),
          Kind.LEAD,
          type,
          person,
          1 + random.nextInt(9),
          occurredMs,
          arrivedMs,
          false);
    }
    return new MixEvent(
        number++,
        source(person),
        Kind.DEAL,
        "deal.stage_changed",
        person,
        0,
        occurredMs,
        arrivedMs,
        false);
  }

  private void remember(MixEvent event) {
    if (last.size() < REMEMBERED) {
      last.add(event);
    } else {
      last.set(random.nextInt(REMEMBERED), event);
    }
  }

  private static int source(int person) {
    return 1 + person % SOURCES;
  }
}
