package io.millrace.bench.simulator.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Creates the simulated people of a run. */
public final class CustomerBase {
  /** The average number of events per customer, including duplicates. */
  private static final int EVENTS_PER_CUSTOMER = 28;

  /** Enough customers that every kind of event and of fault occurs. */
  private static final int LEAST_CUSTOMERS = 8;

  private static final double HOT = 0.2;

  private static final List<String> FIRST_NAMES =
      List.of(
          "Ada", "Ben", "Chloe", "Deniz", "Elif", "Farid", "Grace", "Hugo", "Ines", "Jonas", "Kemi",
          "Linus", "Maren", "Nadia", "Oskar", "Priya", "Quentin", "Rosa", "Sven", "Tara", "Umar",
          "Vera", "Wanda", "Xenia", "Yusuf", "Zoë");
  private static final List<String> LAST_NAMES =
      List.of(
          "Abbott",
          "Berg",
          "Castro",
          "Dubois",
          "Eriksen",
          "Fischer",
          "Garcia",
          "Haddad",
          "Ito",
          "Jansen",
          "Kowalski",
          "Lindqvist",
          "Moreau",
          "Novak",
          "Okafor",
          "Petrov",
          "Quinn",
          "Rossi",
          "Schäfer",
          "Tanaka",
          "Urban",
          "Varga",
          "Weiss",
          "Yilmaz");
  private static final List<String> COMPANIES =
      List.of(
          "Northwind",
          "Bluepeak",
          "Copperfield",
          "Driftwood",
          "Eastgate",
          "Fernhill",
          "Granite",
          "Harbor",
          "Ironbridge",
          "Juniper",
          "Kestrel",
          "Lakeside",
          "Meridian",
          "Nimbus",
          "Orchard",
          "Pinecrest",
          "Quarry",
          "Redwood",
          "Silverline",
          "Thornbury");
  private static final List<String> TITLES =
      List.of(
          "Head of Sales",
          "Marketing Manager",
          "Chief Executive",
          "Operations Lead",
          "Founder",
          "Buyer",
          "Revenue Analyst");

  private CustomerBase() {}

  public static List<Customer> of(Run run, Dice dice) {
    int count = Math.max(LEAST_CUSTOMERS, run.events() / EVENTS_PER_CUSTOMER);
    List<Customer> customers = new ArrayList<>();
    for (int serial = 1; serial <= count; serial++) {
      customers.add(customer(run, serial, dice));
    }
    return customers;
  }

  /** A new customer, with a serial that is unique in the run. */
  static Customer customer(Run run, int serial, Dice dice) {
    String first = dice.pick(FIRST_NAMES);
    String last = dice.pick(LAST_NAMES);
    String company = dice.pick(COMPANIES);
    String domain = company.toLowerCase(Locale.ROOT) + "-" + run.tag() + ".example";
    String email = ascii(first) + "." + ascii(last) + "." + serial + "@" + domain;
    // The first customer is always hot, because a run without any signal would prove little.
    boolean hot = dice.chance(HOT) || serial == 1;
    return new Customer(serial, first, last, email, company, domain, dice.pick(TITLES), hot);
  }

  private static String ascii(String name) {
    return name.toLowerCase(Locale.ROOT).replace("ë", "e").replace("ä", "a");
  }
}
