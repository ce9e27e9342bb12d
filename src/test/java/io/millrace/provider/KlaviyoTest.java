package io.millrace.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Reason;
import io.millrace.normalize.testing.SignedSamples;
import io.millrace.verify.Secret;
import io.millrace.verify.Verdict;
import io.millrace.verify.Verifier;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The webhook's id comes twice, and only the one in the body is signed. */
class KlaviyoTest {
  private static final String TIME = "Fri, 20 Nov 2026 10:00:00 GMT";
  private static final byte[] BODY =
      SignedSamples.utf8("{\"data\":[],\"meta\":{\"klaviyo_webhook_id\":\"wh_1\"}}");

  @Test
  void verifiesWhenBothIdsAgree() throws GeneralSecurityException {
    assertThat(judge(Map.of("Klaviyo-Webhook-Id", "wh_1"))).isInstanceOf(Verdict.Verified.class);
    assertThat(judge(Map.of())).isInstanceOf(Verdict.Verified.class);
  }

  @Test
  void refusesAHeaderThatNamesAnotherWebhook() throws GeneralSecurityException {
    var refused = (Verdict.Refused) judge(Map.of("Klaviyo-Webhook-Id", "wh_2"));

    assertThat(refused.reason()).isEqualTo(Reason.BAD_SIGNATURE);
    assertThat(refused.explanation()).contains("do not agree");
  }

  private static Verdict judge(Map<String, String> more) throws GeneralSecurityException {
    var headers = new HashMap<>(more);
    var mac = SignedSamples.hmac("HmacSHA256", "klaviyo-secret-1", BODY, TIME);
    headers.put("Klaviyo-Signature", SignedSamples.hex(mac));
    headers.put("Klaviyo-Timestamp", TIME);
    var secret = new Secret("env:S", "klaviyo-secret-1", Optional.empty(), Optional.empty());
    return new Verifier(Catalogue.bundled().find("klaviyo").orElseThrow().verification())
        .verify(
            SignedSamples.request("https://a.example/in/k", headers, BODY),
            List.of(secret),
            SignedSamples.NOW);
  }
}
