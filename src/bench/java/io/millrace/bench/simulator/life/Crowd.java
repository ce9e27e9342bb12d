package io.millrace.bench.simulator.life;

import io.millrace.bench.sample.Actor;
import io.millrace.bench.sample.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The people in a sender's events. They come back repeatedly, but no one does two things at the
 * same time: if everyone has just done something, a new person is added.
 */
public final class Crowd {
  /** Enough that the times of two events, and one between them, differ in every sender's format. */
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private static final int LEAST = 25;
  private static final int TRIES = 8;

  private final Run run;
  private final Dice dice;
  private final List<Member> members = new ArrayList<>();
  private int serial;

  public Crowd(Run run, Dice dice) {
    this.run = run;
    this.dice = dice;
  }

  /** A person who has done nothing for a while. */
  public Actor next(Instant now) {
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

  /** A person who never comes back. */
  public Actor stranger() {
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
