package io.millrace.bench.simulator.life;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A customer's contact and deal in HubSpot, which posts arrays of changes to {@code crm}. */
final class CrmLife {
  private static final int PORTAL = 62_515;
  private static final int APP = 1_160_452;
  private static final long CONTACTS = 1_000_000;
  private static final long DEALS = 2_000_000;
  private static final long EVENTS = 3_000_000;

  /** The range of event numbers for one customer. */
  private static final int EVENTS_PER_CUSTOMER = 60;

  private static final double HAS_DEAL = 0.6;
  private static final double DELETED = 0.05;

  /** One in this many is always deleted, so that every run of some size has deletions. */
  private static final int DELETED_EVERY = 12;

  private static final List<String> LIFECYCLE =
      List.of("subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity");
  private static final List<String> STAGES =
      List.of(
          "appointmentscheduled",
          "qualifiedtobuy",
          "presentationscheduled",
          "decisionmakerboughtin",
          "contractsent",
          "closedwon");

  private final Life life;
  private final Customer customer;
  private int serial;

  private CrmLife(Life life, Customer customer) {
    this.life = life;
    this.customer = customer;
  }

  static void live(Life life, Customer customer) {
    CrmLife crm = new CrmLife(life, customer);
    Subject.OfRecord contact = crm.contact();
    if (life.dice().chance(HAS_DEAL)) {
      crm.deal();
    }
    if (life.dice().chance(DELETED) || customer.serial() % DELETED_EVERY == 0) {
      crm.add("contact.deletion", contact, Change.DELETED, Json.object());
    }
  }

  private Subject.OfRecord contact() {
    Subject.OfRecord contact = record("contact", CONTACTS);
    add("contact.creation", contact, Change.CREATED, Json.object());
    property(contact, "email", customer.email());
    property(contact, "firstname", customer.firstName());
    property(contact, "lastname", customer.lastName());
    int stages = life.dice().between(1, LIFECYCLE.size());
    for (int stage = 0; stage < stages; stage++) {
      property(contact, "lifecyclestage", LIFECYCLE.get(stage));
    }
    return contact;
  }

  private void deal() {
    Subject.OfRecord deal = record("deal", DEALS);
    add("deal.creation", deal, Change.CREATED, Json.object());
    property(deal, "dealname", customer.company() + " rollout");
    property(deal, "amount", life.dice().between(10, 900) + "00.00");
    int stages = life.dice().between(2, STAGES.size());
    for (int stage = 0; stage < stages; stage++) {
      property(deal, "dealstage", STAGES.get(stage));
    }
  }

  private Subject.OfRecord record(String type, long base) {
    long id = life.run().numericId(base + customer.serial());
    return new Subject.OfRecord(type, Long.toString(id), SourceNames.CRM);
  }

  private void property(Subject.OfRecord of, String name, String value) {
    ObjectNode change = Json.object().put("propertyName", name).put("propertyValue", value);
    add(of.type().toLowerCase(Locale.ROOT) + ".propertyChange", of, Change.UPDATED, change);
  }

  private void add(String type, Subject.OfRecord of, Change change, ObjectNode details) {
    serial++;
    long number =
        life.run().numericId(EVENTS + (long) customer.serial() * EVENTS_PER_CUSTOMER + serial);
    Instant at = life.later();
    ObjectNode body = Json.object();
    body.put("eventId", number);
    body.put("subscriptionId", 500_000 + Math.floorMod(type.hashCode(), 1_000));
    body.put("portalId", PORTAL);
    body.put("appId", APP);
    body.put("occurredAt", at.toEpochMilli());
    body.put("subscriptionType", type);
    body.put("attemptNumber", 0);
    body.put("objectId", Long.parseLong(of.id()));
    body.put("changeSource", "CRM_UI");
    body.setAll(details);
    String id = "hubspot-" + number;
    life.add(new SimulatedEvent(id, SourceNames.CRM, of, change, at, body, true));
  }
}
