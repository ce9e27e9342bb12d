package io.millrace.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.RecordRef;
import io.millrace.normalize.testing.Inbound;
import io.millrace.normalize.testing.TestIds;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StripeEventsTest {
  private final Inbound stripe = Inbound.of("stripe");

  @Test
  void readsAChangedSubscriptionWithItsPreviousValues() {
    Event event =
        stripe.event(
            """
            {"id":"evt_1","object":"event","api_version":"2025-08-27.basil","created":1772359200,
             "type":"customer.subscription.updated","livemode":true,"pending_webhooks":1,
             "request":{"id":"req_1","idempotency_key":null},
             "data":{"object":{"id":"sub_1","object":"subscription","customer":"cus_1",
               "status":"active","quantity":3,"metadata":{"plan" : "pro", "n": 1.10},"trial_end":null},
              "previous_attributes":{"status":"trialing","trial_end":1772359100}}}
            """);

    assertThat(event.getEventId()).isEqualTo("evt_1");
    assertThat(event.getEventType()).isEqualTo("subscription.updated");
    assertThat(event.getRecord()).isEqualTo(new RecordRef("subscription", "tested:sub_1"));
    assertThat(event.getOccurredAt()).isEqualTo(Instant.ofEpochSecond(1772359200));
    assertThat(event.getSchemaVersion()).isEqualTo("2025-08-27.basil");
    assertThat(event.getMetadata().getCorrelationId()).contains("req_1");
    assertThat(event.getData())
        .containsEntry("status", "active")
        .containsEntry("quantity", "3")
        .containsEntry("metadata", "{\"plan\":\"pro\",\"n\":1.10}")
        .containsEntry("trial_end", null)
        .containsEntry("customer_id", "cus_1")
        .doesNotContainKeys("id", "object");
    assertThat(event.getPrevious())
        .isEqualTo(Map.of("status", "trialing", "trial_end", "1772359100"));
    assertThat(event.getPerson().orElseThrow().getKey())
        .isEqualTo(TestIds.id("customer", "tested", "cus_1"));
  }

  @Test
  void countsAnInvoiceAsThePaymentThatSettlesIt() {
    Event paid =
        stripe.event(
            """
            {"id":"evt_2","type":"invoice.paid","created":1772359200,"data":{"object":
             {"id":"in_1","object":"invoice","payment_intent":"pi_1","amount_paid":4900,
              "customer":{"id":"cus_1","object":"customer"},"customer_email":"Ada@Example.com"}}}
            """);

    assertThat(paid.getEventType()).isEqualTo("payment.succeeded");
    assertThat(paid.getRecord()).isEqualTo(new RecordRef("payment", "tested:pi_1"));
    assertThat(paid.getPerson().orElseThrow().getKey()).isEqualTo(TestIds.email("ada@example.com"));
    assertThat(paid.getPerson().orElseThrow().getExternalIds())
        .containsExactly(Map.entry("customer_id", "cus_1"));
  }

  @Test
  void namesTypesByTheTableAndKeepsTheOthers() {
    assertThat(typeOf("invoice.payment_failed", "invoice")).isEqualTo("payment.failed payment");
    assertThat(typeOf("charge.refunded", "charge")).isEqualTo("payment.refunded payment");
    assertThat(typeOf("payment_intent.created", "payment_intent"))
        .isEqualTo("payment.created payment");
    assertThat(typeOf("payment_intent.succeeded", "payment_intent"))
        .isEqualTo("payment.succeeded payment");
    assertThat(typeOf("customer.subscription.created", "subscription"))
        .isEqualTo("subscription.created subscription");
    assertThat(typeOf("customer.subscription.deleted", "subscription"))
        .isEqualTo("subscription.cancelled subscription");
    assertThat(typeOf("customer.created", "customer")).isEqualTo("customer.created customer");
    assertThat(typeOf("checkout.session.completed", "checkout.session"))
        .isEqualTo("checkout_session.completed checkout_session");
  }

  private String typeOf(String type, String object) {
    Event event =
        stripe.event(
            """
            {"id":"evt","type":"%s","created":1,"data":{"object":{"id":"x","object":"%s"}}}
            """
                .formatted(type, object));
    return event.getEventType() + " " + event.getRecord().getType();
  }
}
