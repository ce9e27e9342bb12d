package io.millrace.bench.simulator.life;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** The Stripe events of a paying customer, posted one at a time to {@code billing}. */
final class BillingLife {
  private static final String API_VERSION = "2025-08-27.basil";
  private static final List<Integer> PRICES = List.of(4_900, 9_900, 19_900, 49_900);

  private final Life life;
  private final Customer customer;
  private int serial;

  private BillingLife(Life life, Customer customer) {
    this.life = life;
    this.customer = customer;
  }

  static void live(Life life, Customer customer) {
    BillingLife billing = new BillingLife(life, customer);
    billing.subscription();
    int payments = life.dice().between(1, 3);
    for (int payment = 1; payment <= payments; payment++) {
      billing.payment(payment);
    }
  }

  private void subscription() {
    Subject.OfRecord subject = record("subscription", "sub", customer.serial());
    int quantity = life.dice().between(1, 20);
    add(
        "customer.subscription.created",
        subject,
        Change.CREATED,
        subscription(subject, "trialing", quantity),
        Json.object());
    add(
        "customer.subscription.updated",
        subject,
        Change.UPDATED,
        subscription(subject, "active", quantity),
        Json.object().put("status", "trialing"));
    int upgrades = life.dice().between(0, 3);
    for (int upgrade = 0; upgrade < upgrades; upgrade++) {
      int before = quantity;
      quantity += life.dice().between(1, 10);
      add(
          "customer.subscription.updated",
          subject,
          Change.UPDATED,
          subscription(subject, "active", quantity),
          Json.object().put("quantity", before));
    }
  }

  private ObjectNode subscription(Subject.OfRecord subject, String status, int quantity) {
    ObjectNode object = Json.object();
    object.put("id", subject.id());
    object.put("object", "subscription");
    object.put("customer", customerId());
    object.put("status", status);
    object.put("quantity", quantity);
    object.put("currency", "eur");
    return object;
  }

  private void payment(int number) {
    Subject.OfRecord subject = record("payment", "pi", customer.serial() * 10L + number);
    int amount = life.dice().pick(PRICES);
    ObjectNode created = payment(subject, "requires_payment_method", amount);
    add("payment_intent.created", subject, Change.CREATED, created, Json.object());
    ObjectNode paid = payment(subject, "succeeded", amount);
    add("payment_intent.succeeded", subject, Change.UPDATED, paid, Json.object());
  }

  private ObjectNode payment(Subject.OfRecord subject, String status, int amount) {
    ObjectNode object = Json.object();
    object.put("id", subject.id());
    object.put("object", "payment_intent");
    object.put("amount", amount);
    object.put("currency", "eur");
    object.put("customer", customerId());
    object.put("receipt_email", customer.email());
    object.put("status", status);
    return object;
  }

  private String customerId() {
    return stripeId("cus", customer.serial());
  }

  private Subject.OfRecord record(String type, String prefix, long number) {
    return new Subject.OfRecord(type, stripeId(prefix, number), SourceNames.BILLING);
  }

  private String stripeId(String prefix, long number) {
    return life.run().id(prefix, number).replace('-', '_');
  }

  private void add(
      String type, Subject.OfRecord of, Change change, ObjectNode object, ObjectNode previous) {
    serial++;
    String id = stripeId("evt", customer.serial() * 100L + serial);
    Instant at = life.later();
    ObjectNode data = Json.object();
    data.set("object", object);
    if (!previous.isEmpty()) {
      data.set("previous_attributes", previous);
    }
    ObjectNode body = Json.object();
    body.put("id", id);
    body.put("object", "event");
    body.put("api_version", API_VERSION);
    body.put("created", at.getEpochSecond());
    body.set("data", data);
    body.put("livemode", false);
    body.put("pending_webhooks", 1);
    body.put("type", type);
    life.add(new SimulatedEvent(id, SourceNames.BILLING, of, change, at, body, true));
  }
}
