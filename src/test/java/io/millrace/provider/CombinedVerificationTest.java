package io.millrace.provider;

import static io.millrace.normalize.testing.SignedSamples.BODY;
import static io.millrace.normalize.testing.SignedSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Assurance;
import io.millrace.model.Reason;
import io.millrace.normalize.testing.SignedSamples;
import io.millrace.verify.Secret;
import io.millrace.verify.Verdict;
import io.millrace.verify.Verification;
import io.millrace.verify.Verifier;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CombinedVerificationTest {
  private static final String HEX =
      "{scheme: hmac, alg: sha256, signature: {header: X-Hex, enc: hex}, signed: \"{body}\"}";
  private static final String BASE64 =
      "{scheme: hmac, alg: sha256, signature: {header: X-B64, enc: base64}, signed: \"{body}\"}";
  private static final String TIMED =
      "{scheme: hmac, alg: sha256, signature: {header: X-Timed, enc: hex},"
          + " timestamp: {header: X-Time, unit: s, tolerance: 300}, signed: \"{timestamp}{body}\"}";
  private static final String TOKEN = "{scheme: token, token: {header: X-Token}, use: token}";

  private static final Secret KEY = secret("key", Secret.VERIFICATION);
  private static final Secret SHOWN = secret("shown", "token");

  @Test
  void passesAnyOfItsWays() {
    var any = read("{anyOf: [" + HEX + ", " + BASE64 + "]}");

    assertThat(judge(any, Map.of("X-Hex", hex("key")))).isInstanceOf(Verdict.Verified.class);
    assertThat(judge(any, Map.of("X-B64", base64("key")))).isInstanceOf(Verdict.Verified.class);
    assertThat(judge(any, Map.of("X-Hex", hex("other"), "X-B64", base64("key"))))
        .isInstanceOf(Verdict.Verified.class);
    assertThat(any.assurance()).isEqualTo(Assurance.BODY_SIGNED);
    assertThat(any.summary()).isEqualTo("hmac-sha256");
  }

  @Test
  void explainsTheWayThatCameNearest() {
    var any = read("{anyOf: [" + HEX + ", " + BASE64 + "]}");

    var verdict = (Verdict.Refused) judge(any, Map.of("X-B64", base64("other")));
    var nothing = (Verdict.Refused) judge(any, Map.of());

    assertThat(verdict.reason()).isEqualTo(Reason.BAD_SIGNATURE);
    assertThat(verdict.explanation())
        .startsWith("None of the 2 verification schemes passed; the closest one, ");
    assertThat(nothing.reason()).isEqualTo(Reason.MISSING_SIGNATURE);
  }

  @Test
  void passesAllOfItsWaysOnlyTogether() {
    var all = read("{allOf: [" + HEX + ", " + TOKEN + "]}");

    assertThat(judge(all, Map.of("X-Hex", hex("key"), "X-Token", "shown")))
        .isInstanceOfSatisfying(
            Verdict.Verified.class,
            verified -> {
              assertThat(verified.assurance()).isEqualTo(Assurance.BODY_SIGNED);
              assertThat(verified.secret()).contains("env:key");
            });
    assertThat(((Verdict.Refused) judge(all, Map.of("X-Hex", hex("key")))).reason())
        .isEqualTo(Reason.MISSING_SIGNATURE);
    assertThat(((Verdict.Refused) judge(all, Map.of("X-Token", "shown"))).reason())
        .isEqualTo(Reason.MISSING_SIGNATURE);
    assertThat(all.uses()).containsExactlyInAnyOrder("verification", "token");
    assertThat(all.credentialHeaders()).containsExactly("x-token");
  }

  @Test
  void neverSignsWithASecretThatIsShown() {
    var all = read("{allOf: [" + HEX + ", " + TOKEN + "]}");

    var verdict = judge(all, Map.of("X-Hex", hex("shown"), "X-Token", "shown"));

    assertThat(((Verdict.Refused) verdict).reason()).isEqualTo(Reason.BAD_SIGNATURE);
    assertThatThrownBy(
            () -> read("{allOf: [" + HEX + ", " + TOKEN.replace(", use: token", "") + "]}"))
        .hasMessageContaining("a secret that is sent cannot also be a key");
  }

  @Test
  void mixesNoWeakerWayInUnlessTold() {
    var mixed = "{anyOf: [" + HEX + ", " + TOKEN + "]%s}";
    var ageless = "{anyOf: [" + TIMED + ", " + HEX + "]%s}";

    assertThatThrownBy(() -> read(mixed.formatted(""))).hasMessageContaining("the weaker");
    assertThatThrownBy(() -> read(ageless.formatted(""))).hasMessageContaining("of any age");
    assertThat(read(mixed.formatted(", downgrade: accepted")).assurance())
        .isEqualTo(Assurance.SHARED_SECRET);
    assertThat(read(ageless.formatted(", downgrade: accepted")).limitsAge()).isFalse();
  }

  @Test
  void saysWhatIsWrongWithACombination() {
    assertThatThrownBy(() -> read("{anyOf: [" + HEX + "]}")).hasMessageContaining("at least two");
    assertThatThrownBy(() -> read("{allOf: [" + HEX + ", {scheme: none}]}"))
        .hasMessageContaining("none proves nothing");
    assertThatThrownBy(() -> read("{allOf: [" + HEX + ", {scheme: wave}]}"))
        .hasMessageContaining("the scheme wave is unknown");
    assertThatThrownBy(
            () ->
                read(
                    "{allOf: ["
                        + HEX
                        + ", "
                        + TOKEN.replace("use: token", "use: handshake")
                        + "]}"))
        .hasMessageContaining("the use handshake is reserved");
    assertThatThrownBy(() -> read("{allOf: [" + HEX + ", " + BASE64 + "], downgrade: accepted}"))
        .hasMessageContaining("downgrade is unknown");
  }

  @Test
  void saysWhyASecretIsOfNoUse() {
    var verifier = new Verifier(read("{allOf: [" + HEX + ", " + TOKEN + "]}"));

    assertThatThrownBy(() -> verifier.check(secret(" ", "token"))).hasMessage("it is blank");
    assertThatThrownBy(() -> verifier.check(secret("a", "tokn")))
        .hasMessage("this scheme has no secret with the use tokn");
  }

  @Test
  void combinesCombinations() {
    var nested = read("{allOf: [{anyOf: [" + HEX + ", " + BASE64 + "]}, " + TOKEN + "]}");

    assertThat(judge(nested, Map.of("X-B64", base64("key"), "X-Token", "shown")))
        .isInstanceOf(Verdict.Verified.class);
    assertThat(judge(nested, Map.of("X-B64", base64("key"), "X-Token", "key")))
        .isInstanceOf(Verdict.Refused.class);
  }

  private static Verification read(String section) {
    var text =
        """
        provider: acme
        title: Acme
        evidence: {proof: documentation, text: Read, link: https://example.com}
        verification: %s
        retryHorizon: P1D
        """
            .formatted(section);
    return Catalogue.of(Map.of("acme.yaml", text)).find("acme").orElseThrow().verification();
  }

  private static Verdict judge(Verification verification, Map<String, String> headers) {
    var request = SignedSamples.request("https://a.example/in/x", headers, BODY);
    return new Verifier(verification).verify(request, List.of(KEY, SHOWN), NOW);
  }

  private static String hex(String key) {
    return SignedSamples.hex(mac(key));
  }

  private static String base64(String key) {
    return SignedSamples.base64(mac(key));
  }

  private static byte[] mac(String key) {
    try {
      return SignedSamples.hmac("HmacSHA256", key, BODY);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Secret secret(String value, String use) {
    return new Secret("env:" + value, value, Optional.empty(), Optional.empty(), use);
  }
}
