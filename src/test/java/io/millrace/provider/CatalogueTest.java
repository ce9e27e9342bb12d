package io.millrace.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.model.Assurance;
import io.millrace.normalize.SoapReader;
import io.millrace.normalize.mapping.FieldPath;
import io.millrace.normalize.mapping.RefusedException;
import io.millrace.yaml.Fault;
import io.millrace.yaml.InvalidFileException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private static final String SOUND =
      """
      provider: acme
      title: Acme
      aliases: [roadrunner]
      variant: v2
      evidence: {proof: documentation, text: Read, link: https://example.com}
      verification:
        scheme: hmac
        alg: sha256
        signature: {header: X-Acme, enc: hex}
        signed: "{body}"
      retryHorizon: P1D
      variants:
        v1:
          title: Acme of old
          verification:
            scheme: token
            token: {header: X-Acme}
      """;

  @Test
  void findsAProviderByNameAliasAndVariant() {
    var catalogue = Catalogue.of(Map.of("catalogue/acme.yaml", SOUND));

    var acme = catalogue.find("acme").orElseThrow();
    var old = catalogue.find("acme-v1").orElseThrow();

    assertThat(catalogue.find("roadrunner")).contains(acme);
    assertThat(catalogue.find("acme-v2")).contains(acme);
    assertThat(acme.verification().assurance()).isEqualTo(Assurance.BODY_SIGNED);
    assertThat(old.verification().assurance()).isEqualTo(Assurance.SHARED_SECRET);
    assertThat(old.title()).isEqualTo("Acme of old");
    assertThat(old.retryHorizon()).isEqualTo(Duration.ofDays(1));
    assertThat(catalogue.find("acme-v3")).isEmpty();
    assertThat(catalogue.near("akme")).containsExactly("acme");
  }

  @Test
  void readsOneEntryAloneAsItIsAmongAll() {
    for (Provider provider : Catalogue.bundled().all()) {
      var names = new ArrayList<>(provider.aliases());
      names.add(provider.name());
      for (String name : names) {
        assertThat(Catalogue.bundled().find(name).map(Provider::name))
            .as(name)
            .contains(provider.name());
      }
    }
    assertThat(Catalogue.bundled().find("../catalogue/stripe")).isEmpty();
    assertThat(Catalogue.bundled().find("stripe-v99")).isEmpty();
  }

  @Test
  void holdsEveryProviderThatIsPromised() {
    var catalogue = Catalogue.bundled();

    for (var name :
        List.of(
            "hubspot",
            "hubspot-v1",
            "hubspot-v2",
            "hubspot-v3",
            "stripe",
            "segment",
            "segment-batch",
            "typeform",
            "sendgrid",
            "slack",
            "standard",
            "standard-webhooks",
            "standard-webhooks-v1",
            "standard-webhooks-v1a",
            "svix",
            "github",
            "envelope",
            "generic-hmac",
            "meta",
            "twilio",
            "calendly",
            "paddle",
            "zoom",
            "customerio",
            "webflow",
            "intercom",
            "outreach",
            "shopify",
            "respondio",
            "clearbit",
            "gong",
            "gong-url",
            "vonage",
            "mandrill",
            "notion",
            "linkedin",
            "linkedin-social",
            "meta-leadgen",
            "monday",
            "monday-url",
            "asana",
            "trello",
            "front",
            "front-rules")) {
      assertThat(catalogue.find(name)).as(name).isPresent();
    }
    assertThat(catalogue.all())
        .flatExtracting(provider -> provider.evidence().byFact().values())
        .allSatisfy(
            authority -> assertThat(authority.link().orElse("https://")).startsWith("https://"));
  }

  @Test
  void tellsWhoVouchesForEachFact() {
    var entry =
        """
        provider: acme
        title: Acme
        evidence:
          - {for: [verification, responseLimit], proof: sdk, text: Its library, link: https://example.com, checked: 2026-11-29, version: 3.1.0}
          - {for: retryHorizon, proof: ours}
        verification: {scheme: basic}
        retryHorizon: P1D
        responseLimit: PT5S
        anyAnswerIsSuccess: true
        """;

    var acme = Catalogue.of(Map.of("catalogue/acme.yaml", entry)).find("acme").orElseThrow();

    assertThat(acme.evidence().of(Evidence.Fact.RESPONSE_LIMIT))
        .contains(
            new Evidence.Authority(
                Evidence.Proof.SDK,
                "Its library",
                Optional.of("https://example.com"),
                Optional.of(LocalDate.of(2026, 11, 29)),
                Optional.of("3.1.0")));
    assertThat(acme.evidence().of(Evidence.Fact.RETRY_HORIZON))
        .contains(
            new Evidence.Authority(
                Evidence.Proof.OURS,
                Evidence.Proof.OURS.meaning(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(acme.evidence().of(Evidence.Fact.EVENTS)).isEmpty();
    assertThat(acme.evidence().oldest()).contains(LocalDate.of(2026, 11, 29));
    assertThat(acme.responseLimit()).contains(Duration.ofSeconds(5));
    assertThat(acme.anyAnswerIsSuccess()).isTrue();
  }

  @Test
  void datesEveryAuthorityThatCanAge() {
    for (var provider : Catalogue.bundled().all()) {
      provider
          .evidence()
          .byFact()
          .forEach(
              (fact, authority) -> {
                if (authority.proof() != Evidence.Proof.OURS) {
                  assertThat(authority.checked())
                      .as("%s, %s: add checked: with the day", provider.name(), fact.key())
                      .hasValueSatisfying(
                          day -> assertThat(day).isBeforeOrEqualTo(LocalDate.now(ZoneOffset.UTC)));
                }
              });
    }
  }

  @Test
  void marksWhatOnlyWeHaveRead() {
    var catalogue = Catalogue.bundled();

    assertThat(catalogue.find("calendly").orElseThrow().isOwnReading()).isTrue();
    assertThat(catalogue.find("clearbit").orElseThrow().isOwnReading()).isTrue();
    assertThat(catalogue.find("stripe").orElseThrow().isOwnReading()).isFalse();
    assertThat(catalogue.find("polar").orElseThrow().isOwnReading()).isFalse();
    // A presented secret, and schemes of our own.
    assertThat(catalogue.find("mailchimp").orElseThrow().isOwnReading()).isFalse();
    assertThat(catalogue.find("generic-hmac").orElseThrow().isOwnReading()).isFalse();
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    refuses("scheme: hmac", "scheme: saml", "the scheme saml is unknown");
    refuses("alg: sha256", "alg: md5", "alg: md5 cannot be used");
    refuses("alg: sha256", "algorithm: sha256", "the key alg is missing");
    refuses("enc: hex", "enc: base32", "enc: base32 cannot be used");
    refuses("\"{body}\"", "\"{boddy}\"", "{boddy} is not a token");
    refuses("\"{body}\"", "\"{timestamp}{body}\"", "{timestamp} needs a timestamp rule");
    refuses("\"{body}\"", "\"{secret}{body}\"", "{secret} is allowed only in a digest");
    refuses("scheme: hmac", "scheme: digest", "a digest must contain {secret}");
    refuses("header: X-Acme, enc", "enc", "a signature needs a location");
    refuses("enc: hex}", "enc: hex, format: xml}", "the signature format xml is unknown");
    refuses("header: X-Acme, enc", "header: X-Acme, heder: y, enc", "the key heder is unknown");
    refuses("title: Acme\n", "titel: Acme\n", "the key titel is unknown");
    refuses("P1D", "-P1D", "retryHorizon: -P1D cannot be used");
    refuses("P1D\n", "P1D\nretryHorizon: P2D\n", "the key retryHorizon appears twice");
    refuses("proof: documentation", "proof: hearsay", "proof: hearsay cannot be used");
    refuses(", link: https://example.com", "", "the key link is missing");
    var one = "{proof: documentation, text: Read, link: https://example.com}";
    refuses(
        one,
        "[{for: verification, proof: ours, text: So}]",
        "there is no evidence for retryHorizon");
    refuses(one, "[{for: reply, proof: ours, text: So}]", "evidence for reply, which the entry");
    refuses(one, "[{for: colour, proof: ours, text: So}]", "colour is not a fact");
    refuses(
        one,
        "[{for: [verification, verification], proof: ours, text: So}]",
        "verification has two authorities");
    refuses("evidence:", "evidenz:", "the key evidence is missing");
    refuses("P1D\n", "P1D\nresponseLimit: 5\n", "responseLimit: 5 cannot be used");
    refuses(
        "P1D\n", "P1D\nanyAnswerIsSuccess: maybe\n", "anyAnswerIsSuccess: maybe cannot be used");
    refuses("provider: acme", "provider: acne", "it describes acne");
    refuses("[roadrunner]", "[acme]", "the name acme is already taken");
    refuses("P1D\n", "P1D\nhandshake: {kind: wave}\n", "the handshake wave is unknown");
    refuses("P1D\n", "P1D\nreply: {status: 404}\n", "a success status is 200 to 299");
    refuses("P1D\n", "P1D\nreply: {status: 204}\n", "has no content");
    refuses("P1D\n", "P1D\nreply: {body: '{json:action}'}\n", "each placeholder inside a text");
    refuses(
        "P1D\n",
        "P1D\nhandshake: {kind: confirm, methods: [GET], answer: {status: 400}}\n",
        "status: 400 cannot be used");
    refuses("link: https", "checked: yesterday, link: https", "checked: yesterday cannot be used");
    refuses(
        "signed: \"{body}\"",
        "signed: \"{url}\"\n  assurance: BODY_SIGNED",
        "proves no more than PARTIAL");
    refuses(
        "signed: \"{body}\"",
        "signed: \"{body}\"\n  timestamp: {unit: s, tolerance: 5}",
        "exactly one location");
    refuses(
        "signed: \"{body}\"",
        "signed: \"{body}\"\n  timestamp: {header: T, unit: s}",
        "must be positive");
  }

  @Test
  void namesFileAndLineOfEveryFault() {
    var broken = SOUND.replace("alg: sha256", "alg: md5").replace("P1D", "soon");

    assertThatThrownBy(() -> Catalogue.of(Map.of("catalogue/acme.yaml", broken)))
        .isInstanceOfSatisfying(
            InvalidFileException.class,
            invalid ->
                assertThat(invalid.faults())
                    .extracting(Fault::file, Fault::line)
                    .containsExactly(
                        tuple("catalogue/acme.yaml", 8), tuple("catalogue/acme.yaml", 11)));
  }

  @Test
  void acknowledgesTheNotificationsOfSalesforce() throws RefusedException {
    var reply = Catalogue.bundled().find("salesforce-om").orElseThrow().reply();

    assertThat(reply.contentType()).isEqualTo("text/xml");
    assertThat(
            FieldPath.parse("Body.notificationsResponse.Ack")
                .first(SoapReader.read(reply.body().orElseThrow().written()))
                .orElseThrow()
                .text())
        .isEqualTo("true");
  }

  @Test
  void namesTheSendersWhomNoAnswerMakesSendAgain() {
    assertThat(Catalogue.bundled().all().stream().filter(Provider::anyAnswerIsSuccess))
        .extracting(Provider::name)
        .containsExactly("brevo", "github", "marketo", "outreach", "pandadoc", "woocommerce");
  }

  @Test
  void answersTwilioWithEmptyTwiml() {
    assertThat(Catalogue.bundled().find("twilio").orElseThrow().reply())
        .isEqualTo(new Reply(200, "text/xml", Optional.of(new ReplyBody("<Response/>"))));
  }

  private static void refuses(String sound, String broken, String fault) {
    var text = SOUND.replace(sound, broken);
    assertThat(text).as("the change is one").isNotEqualTo(SOUND);

    assertThatThrownBy(() -> Catalogue.of(Map.of("catalogue/acme.yaml", text)))
        .as(broken)
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining(fault);
  }
}
