package io.millrace.normalize.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TypeNameTest {

  @Test
  void writesWordsInOneWay() {
    assertThat(TypeName.slug("Order Completed")).isEqualTo("order_completed");
    assertThat(TypeName.slug("orderCompleted")).isEqualTo("order_completed");
    assertThat(TypeName.slug("HTTPServer-started!")).isEqualTo("http_server_started");
    assertThat(TypeName.slug("  Größe  2 ")).isEqualTo("größe_2");
    assertThat(TypeName.slug("--")).isEmpty();
  }

  @Test
  void prefersWhatThePayloadSaysTheEventIsAbout() {
    TypeName name =
        TypeName.of("customer.subscription.paused", Optional.of("subscription"), Map.of());

    assertThat(name.canonical()).isEqualTo("subscription.paused");
  }

  @Test
  void takesTheFirstWordForTheNoun() {
    assertThat(TypeName.of("company.creation", Optional.empty(), Map.of("company", "account")))
        .isEqualTo(new TypeName("company.creation", "account", "creation"));
    assertThat(TypeName.of("orders/create", Optional.empty(), Map.of()).canonical())
        .isEqualTo("orders.create");
  }
}
