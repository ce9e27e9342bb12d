package io.millrace.bench.simulator.life;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;

/** A form a customer fills in, which Typeform posts to {@code forms}. */
final class FormLife {
  private static final String FORM = "lT4Z3j";

  private FormLife() {}

  static void live(Life life, Customer customer) {
    Instant at = life.lately();
    String id = life.run().id("tf", customer.serial());
    ObjectNode response = Json.object();
    response.put("form_id", FORM);
    response.put("token", life.run().id("token", customer.serial()));
    response.put("landed_at", at.minusSeconds(40).toString());
    response.put("submitted_at", at.toString());
    response.set("hidden", Json.object().put("email", customer.email()));
    response.set("answers", Json.array().add(email(customer)).add(company(customer)));
    ObjectNode body = Json.object();
    body.put("event_id", id);
    body.put("event_type", "form_response");
    body.set("form_response", response);
    Subject person = new Subject.OfPerson(customer.email().toLowerCase(Locale.ROOT));
    life.add(new SimulatedEvent(id, SourceNames.FORMS, person, Change.ENGAGED, at, body, true));
  }

  private static ObjectNode email(Customer customer) {
    ObjectNode answer = Json.object().put("type", "email").put("email", customer.email());
    answer.set("field", field("SMEUb7VJz92Q", "email", "email"));
    return answer;
  }

  private static ObjectNode company(Customer customer) {
    ObjectNode answer = Json.object().put("type", "text").put("text", customer.company());
    answer.set("field", field("JwWggjAKtOkA", "short_text", "company"));
    return answer;
  }

  private static ObjectNode field(String id, String type, String ref) {
    return Json.object().put("id", id).put("type", type).put("ref", ref);
  }
}
