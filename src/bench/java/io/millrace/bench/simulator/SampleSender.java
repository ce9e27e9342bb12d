package io.millrace.bench.simulator;

import io.millrace.bench.sample.Actor;
import io.millrace.bench.sample.Moment;
import io.millrace.bench.sample.SampleBook;
import io.millrace.bench.sample.SampleRequest;
import io.millrace.bench.sender.Outgoing;
import io.millrace.bench.sender.Signer;
import io.millrace.bench.simulator.life.Crowd;
import io.millrace.bench.simulator.life.Dice;
import io.millrace.bench.simulator.life.Run;
import io.millrace.bench.simulator.plan.FaultRates;
import io.millrace.bench.simulator.plan.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * One provider that posts to one source: requests about its people, created when they are sent,
 * mixed with repetitions, disorder and forgeries.
 */
public final class SampleSender {
  private static final Duration EARLIER = Duration.ofSeconds(1);
  private static final int REMEMBERED = 200;

  private final SampleBook book;
  private final Stamp stamp;
  private final String url;
  private final Run run;
  private final FaultRates rates;
  private final Dice dice;
  private final Random chance;
  private final Crowd crowd;
  private final List<Outgoing> recent = new ArrayList<>();
  private final Deque<Unsigned> overtaken = new ArrayDeque<>();
  private long events;
  private long deliveries;
  private int forged;

  /**
   * @param url the URL that the provider posts to
   * @param signer signs the requests
   * @param stranger signs with a secret that the receiver does not know
   */
  public SampleSender(
      SampleBook book, Signer signer, Signer stranger, String url, Run run, FaultRates rates) {
    this.book = book;
    this.stamp = new Stamp(signer, stranger);
    this.url = url;
    this.run = run;
    this.rates = rates;
    this.dice = new Dice(run.seed());
    this.chance = new Random(run.seed());
    this.crowd = new Crowd(run, dice.fork());
  }

  /** Part of all ids it sends. */
  String tag() {
    return run.tag();
  }

  /** The next request, signed now. */
  public synchronized SamplePost next(Instant now) {
    List<RequestKind> forgeries = stamp.forgeries();
    if (!forgeries.isEmpty() && dice.chance(rates.forged())) {
      RequestKind kind = forgeries.get(forged % forgeries.size());
      forged++;
      Outgoing made = made(List.of(crowd.stranger()), now).request();
      return new SamplePost(stamp.on(made, kind, now), kind, List.of());
    }
    if (!recent.isEmpty() && dice.chance(rates.repeated())) {
      Outgoing again = dice.pick(recent);
      return new SamplePost(
          stamp.on(again, RequestKind.RETRIED_RESIGNED, now),
          RequestKind.RETRIED_RESIGNED,
          List.of());
    }
    Unsigned fresh = overtaken.isEmpty() ? fresh(now) : overtaken.removeFirst();
    remember(fresh.request());
    return new SamplePost(
        stamp.on(fresh.request(), RequestKind.GENUINE, now), RequestKind.GENUINE, fresh.becomes());
  }

  private Unsigned fresh(Instant now) {
    Actor first = crowd.next(now);
    if (dice.chance(rates.disordered())) {
      overtaken.add(made(List.of(first), now.minus(EARLIER)));
      return made(List.of(first), now);
    }
    List<Actor> actors = new ArrayList<>(List.of(first));
    int size = dice.between(1, book.largest());
    while (actors.size() < size) {
      actors.add(crowd.next(now));
    }
    return made(actors, now);
  }

  private Unsigned made(List<Actor> actors, Instant at) {
    deliveries++;
    List<Moment> moments = new ArrayList<>();
    for (Actor actor : actors) {
      events++;
      moments.add(new Moment(run.tag(), actor, events, deliveries, at, chance));
    }
    SampleRequest sample = book.request(moments);
    return new Unsigned(
        new Outgoing("POST", url, sample.headers(), sample.body()), sample.becomes());
  }

  private void remember(Outgoing request) {
    if (recent.size() < REMEMBERED) {
      recent.add(request);
    } else {
      recent.set(dice.between(0, REMEMBERED - 1), request);
    }
  }

  private record Unsigned(Outgoing request, List<String> becomes) {}
}
