package io.millrace.bench.simulator.life;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * The events of a lead in the sender's own system, which posts canonical envelopes to {@code
 * leads}.
 */
final class LeadLife {
  private static final List<String> STATUSES =
      List.of("NEW", "CONTACTED", "ENGAGED", "QUALIFIED", "HANDED_OVER");
  private static final List<String> OWNERS = List.of("kim", "lee", "mia", "noa", "pat", "sam");
  private static final List<String> ORIGINS = List.of("webinar", "referral", "fair", "website");

  private final Life life;
  private final Customer customer;
  private final Subject.OfRecord subject;
  private int serial;
  private int status;
  private int fit;
  private String owner;

  private LeadLife(Life life, Customer customer) {
    this.life = life;
    this.customer = customer;
    this.subject =
        new Subject.OfRecord("lead", life.run().id("L", customer.serial()), SourceNames.CRM);
    this.owner = life.dice().pick(OWNERS);
  }

  static void live(Life life, Customer customer) {
    LeadLife lead = new LeadLife(life, customer);
    lead.create();
    int updates = life.dice().between(3, 8);
    for (int update = 0; update < updates; update++) {
      lead.update();
    }
  }

  private void create() {
    ObjectNode data = Json.object();
    data.put("email", customer.email());
    data.put("first_name", customer.firstName());
    data.put("last_name", customer.lastName());
    data.put("company", customer.company());
    data.put("title", customer.title());
    data.put("status", STATUSES.get(0));
    data.put("owner", owner);
    data.put("lead_source", life.dice().pick(ORIGINS));
    data.put("fit_score", 0);
    add("lead.created", Change.CREATED, data, Json.object());
  }

  private void update() {
    int what = life.dice().between(1, 4);
    if (what == 1 && status < STATUSES.size() - 1) {
      changeStatus();
    } else if (what == 2) {
      changeOwner();
    } else {
      raiseFit();
    }
  }

  private void changeStatus() {
    ObjectNode previous = Json.object().put("status", STATUSES.get(status));
    status++;
    ObjectNode data = Json.object().put("status", STATUSES.get(status));
    add("lead.status_changed", Change.UPDATED, data, previous);
  }

  private void changeOwner() {
    ObjectNode previous = Json.object().put("owner", owner);
    // A new name each time: if an owner came back, an old value could be mistaken for the current
    // one.
    owner = life.dice().pick(OWNERS) + serial;
    add("lead.owner_changed", Change.UPDATED, Json.object().put("owner", owner), previous);
  }

  private void raiseFit() {
    ObjectNode previous = Json.object().put("fit_score", fit);
    fit += life.dice().between(1, 9);
    add("lead.updated", Change.UPDATED, Json.object().put("fit_score", fit), previous);
  }

  private void add(String type, Change change, ObjectNode data, ObjectNode previous) {
    serial++;
    String id = subject.id() + "-" + serial;
    Instant at = life.later();
    data.put("lead_id", subject.id());
    ObjectNode body = Json.object();
    body.put("event_id", id);
    body.put("event_type", type);
    body.put("source", SourceNames.LEADS);
    body.put("timestamp", at.toString());
    body.put("schema_version", "1");
    body.set("data", data);
    if (!previous.isEmpty()) {
      body.set("previous", previous);
    }
    body.set("metadata", Json.object().put("priority", customer.hot() ? "HIGH" : "NORMAL"));
    life.add(new SimulatedEvent(id, SourceNames.LEADS, subject, change, at, body, true));
  }
}
