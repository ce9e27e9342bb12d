package io.millrace.bench.simulator;

import io.millrace.bench.sample.Actor;
import io.millrace.bench.sample.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The people a sender tells about. They come back again and again, but nobody does two things at
 * the same time: when everybody has just done something, somebody new comes.
 */
final class Crowd {
  /**
   * Enough for the times of two events to differ in every sender's writing, and for one between.
   */
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private static final int LEAST = 25;
  private static final int TRIES = 8;

  private final Run run;
  private final Dice dice;
  private final List<Member> members = new ArrayList<>();
  private int serial;

  Crowd(Run run, Dice dice) {
    this.run = run;
    this.dice = dice;
  }

  /** Somebody who has done nothing for a while. */
  Actor next(Instant now) {
    for (int attempt = 0; members.size() >= LEAST && attempt < TRIES; attempt++) {
      int chosen = dice.between(0, members.size() - 1);
      Member member = members.get(chosen);
      if (!member.lastSeen().plus(PAUSE).isAfter(now)) {
        members.set(chosen, new Member(member.actor(), now));
        return member.actor();
      }
    }
    Member member = new Member(stranger(), now);
    members.add(member);
    return member.actor();
  }

  /** Somebody who never comes again. */
  Actor stranger() {
    serial++;
    Customer customer = CustomerBase.customer(run, serial, dice);
    return new Actor(
        new Person(
            serial,
            customer.firstName(),
            customer.lastName(),
            customer.email(),
            customer.company(),
            customer.domain(),
            customer.title()));
  }

  private record Member(Actor actor, Instant lastSeen) {}
}
