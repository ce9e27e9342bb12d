package io.millrace.bench.simulator.life;

import java.util.ArrayList;
import java.util.List;

/** The events of one customer in all sources. */
public final class Story {
  private static final double IN_CRM = 0.6;
  private static final double PAYS = 0.3;
  private static final double FILLS_IN_FORM = 0.4;

  private Story() {}

  /** One list per source, each in chronological order. */
  public static List<List<SimulatedEvent>> of(Run run, Customer customer, Dice dice) {
    List<List<SimulatedEvent>> chapters = new ArrayList<>();
    chapters.add(chapter(run, customer, dice, LeadLife::live));
    chapters.add(chapter(run, customer, dice, WebLife::live));
    chapters.add(chapter(run, customer, dice, EmailLife::live));
    if (dice.chance(IN_CRM)) {
      chapters.add(chapter(run, customer, dice, CrmLife::live));
    }
    if (dice.chance(PAYS)) {
      chapters.add(chapter(run, customer, dice, BillingLife::live));
    }
    if (dice.chance(FILLS_IN_FORM)) {
      chapters.add(chapter(run, customer, dice, FormLife::live));
    }
    return chapters;
  }

  private static List<SimulatedEvent> chapter(
      Run run, Customer customer, Dice dice, Chapter chapter) {
    Life life = new Life(run, dice.fork());
    chapter.live(life, customer);
    return life.events();
  }

  /** One source's part of the events. */
  private interface Chapter {
    void live(Life life, Customer customer);
  }
}
