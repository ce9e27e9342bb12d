package io.millrace.bench.simulator.life;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** The SendGrid events of e-mails to a customer, posted in batches to {@code email}. */
final class EmailLife {
  private static final double OPENED = 0.65;
  private static final double CLICKED = 0.5;
  private static final double UNSUBSCRIBED = 0.05;

  private final Life life;
  private final Customer customer;
  private int serial;

  private EmailLife(Life life, Customer customer) {
    this.life = life;
    this.customer = customer;
  }

  static void live(Life life, Customer customer) {
    EmailLife email = new EmailLife(life, customer);
    int messages = life.dice().between(2, 5);
    for (int message = 1; message <= messages; message++) {
      email.message(message);
    }
  }

  private void message(int number) {
    String message = life.run().id("msg", customer.serial() * 10L + number);
    Instant at = life.lately();
    add("delivered", message, at);
    if (!life.dice().chance(OPENED)) {
      return;
    }
    add("open", message, at.plusSeconds(1));
    if (life.dice().chance(CLICKED)) {
      add("click", message, at.plusSeconds(2));
    }
    if (life.dice().chance(UNSUBSCRIBED)) {
      add("unsubscribe", message, at.plusSeconds(3));
    }
  }

  private void add(String event, String message, Instant at) {
    serial++;
    String id = life.run().id("sg", customer.serial() * 100L + serial);
    ObjectNode body = Json.object();
    body.put("email", customer.email());
    body.put("timestamp", at.getEpochSecond());
    body.put("smtp-id", "<" + message + "@mail.example.com>");
    body.put("event", event);
    body.set("category", Json.array().add("newsletter"));
    body.put("sg_event_id", id);
    body.put("sg_message_id", message + ".filter0001");
    if ("click".equals(event)) {
      body.put("url", "https://www.example.com/product");
    }
    Subject person = new Subject.OfPerson(customer.email());
    life.add(new SimulatedEvent(id, SourceNames.EMAIL, person, Change.ENGAGED, at, body, true));
  }
}
