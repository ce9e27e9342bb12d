package io.millrace.bench.simulator.life;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** The page visits of a customer, which Segment posts one by one to {@code web}. */
final class WebLife {
  private static final String SITE = "https://www.example.com";
  private static final List<String> PAGES =
      List.of("/", "/product", "/customers", "/blog/launch", "/docs", "/about");
  private static final String PRICING = "/pricing";

  /** Visits that make the signal "three pricing visits in 24 h", and the most that do not. */
  private static final int SIGNAL_VISITS = 3;

  private final Life life;
  private final Customer customer;
  private int serial;

  private WebLife(Life life, Customer customer) {
    this.life = life;
    this.customer = customer;
  }

  static void live(Life life, Customer customer) {
    WebLife web = new WebLife(life, customer);
    int pages = life.dice().between(2, 8);
    for (int page = 0; page < pages; page++) {
      web.visit(life.dice().pick(PAGES), Change.ENGAGED);
    }
    int pricing =
        customer.hot()
            ? life.dice().between(SIGNAL_VISITS, SIGNAL_VISITS + 2)
            : life.dice().between(0, SIGNAL_VISITS - 1);
    for (int visit = 0; visit < pricing; visit++) {
      web.visit(PRICING, Change.PRICING_VISIT);
    }
  }

  private void visit(String path, Change change) {
    serial++;
    String id = life.run().id("web", customer.serial() * 100L + serial);
    Instant at = life.lately().plusMillis(life.dice().between(0, 999));
    ObjectNode page = Json.object();
    page.put("path", path);
    page.put("url", SITE + path);
    page.put("title", path.length() > 1 ? path.substring(1) : "home");
    ObjectNode context = Json.object();
    context.set("traits", Json.object().put("email", customer.email()));
    context.set("page", page.deepCopy());
    ObjectNode body = Json.object();
    body.put("type", "page");
    body.put("messageId", id);
    body.put("userId", customer.email());
    body.put("anonymousId", life.run().id("anon", customer.serial()));
    body.put("name", page.path("title").asText());
    body.set("properties", page);
    body.set("context", context);
    body.put("originalTimestamp", at.toString());
    body.put("timestamp", at.toString());
    body.put("version", 2);
    Subject person = new Subject.OfPerson(customer.email());
    life.add(new SimulatedEvent(id, SourceNames.WEB, person, change, at, body, true));
  }
}
