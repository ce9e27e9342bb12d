package io.millrace.bench.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Signatures against values computed elsewhere (openssl, and for Stripe the vendor's package). */
class SignersTest {
  private static final Instant AT = Instant.ofEpochSecond(1_700_000_000);
  private static final Outgoing REQUEST =
      Outgoing.post(
          "https://any.example",
          "application/json",
          "{\"id\":\"evt_1\",\"type\":\"contact.updated\",\"data\":{\"name\":\"Zoë ☃\",\"amount\":1.0}}"
              .getBytes(StandardCharsets.UTF_8));

  @Test
  void signsLikeStripesOwnPackage() {
    var signed = Signers.of("stripe", "whsec_test_secret").sign(REQUEST, AT);

    assertThat(signed.headers())
        .containsEntry(
            "Stripe-Signature",
            "t=1700000000,v1="
                + "3c1aa6e5cb0b2b9d5c44433eb7f1a7fd12fbbe9906ab2bac52670a060a11b54f");
    assertThat(signed.body()).isSameAs(REQUEST.body());
  }

  @Test
  void refusesAProviderItCannotSignFor() {
    assertThatThrownBy(() -> Signers.of("fax", "secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fax")
        .hasMessageContaining("hubspot");
  }
}
