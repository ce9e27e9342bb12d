package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Assurance;
import io.millrace.provider.Catalogue;
import io.millrace.verify.Secret;
import io.millrace.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  private static final Catalogue CATALOGUE = Catalogue.bundled();
  private static final Map<String, String> ENVIRONMENT =
      Map.of("BILLING_SECRET", "whsec_abc", "BLANK", " ", "SVIX", "whsec_AAAA", "NUL", "a\0b");
  private static final String BILLING =
      """
      source: billing
      provider: stripe
      publicUrl: https://hooks.example.com/in/billing
      secrets:
        - ref: env:BILLING_SECRET
          notBefore: 2026-01-01T00:00:00Z
          notAfter: 2027-01-01T00:00:00Z
        - ref: file:billing.secret
      allow: [192.0.2.0/24, "2001:db8::/32"]
      dedupeWindow: P5D
      reorderWindow: PT30S
      rateLimit: 100/s burst 500
      """;

  @TempDir private Path folder;

  @Test
  void readsEveryKey() throws IOException {
    write("billing.secret", "from a file\n");
    write("billing.yaml", BILLING);

    var billing = load().find("billing").orElseThrow();

    assertThat(billing.provider().name()).isEqualTo("stripe");
    assertThat(billing.publicUrl()).contains("https://hooks.example.com/in/billing");
    assertThat(billing.allow()).containsExactly("192.0.2.0/24", "2001:db8::/32");
    assertThat(billing.dedupeWindow()).isEqualTo(Duration.ofDays(5));
    assertThat(billing.reorderWindow()).contains(Duration.ofSeconds(30));
    assertThat(billing.rateLimit()).contains(RateLimit.parse("100/s burst 500"));
    assertThat(billing.secrets())
        .extracting(secret -> secret.reference() + " " + secret.value())
        .containsExactly("env:BILLING_SECRET whsec_abc", "file:billing.secret from a file");
    assertThat(billing.secrets().getFirst().notBefore())
        .contains(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Test
  void spoolsWhereTheSenderTakesAnyAnswerForSuccessAndWhereTheFileSaysSo() throws IOException {
    String secrets = "\nsecrets: [{ref: env:BILLING_SECRET}]\n";
    write("calls.yaml", "source: calls\nprovider: outreach" + secrets);
    write("mails.yaml", "source: mails\nprovider: outreach\nspool: false" + secrets);
    write("code.yaml", "source: code\nprovider: github\nspool: true" + secrets);
    write("chat.yaml", "source: chat\nprovider: slack" + secrets);

    assertThat(load().all().stream().filter(Source::spool).map(Source::name))
        .containsExactly("calls", "code");
  }

  @Test
  void requiresTheUrlWhereItIsPartOfTheProof() throws IOException {
    String secrets = "secrets: [{ref: env:BILLING_SECRET}]\n";
    for (String provider :
        new String[] {
          "hubspot", "hubspot-v2", "twilio", "trello", "square", "mandrill", "monday"
        }) {
      write("a.yaml", "source: a\nprovider: " + provider + "\n" + secrets);
      assertThatThrownBy(this::load)
          .as(provider)
          .isInstanceOf(InvalidFileException.class)
          .hasMessageContaining(
              "a.yaml:1: it has no publicUrl, and %s signs the URL it posts to; add publicUrl: with"
                      .formatted(provider)
                  + " the URL configured there, or publicUrl: as-received");

      write("a.yaml", "source: a\nprovider: " + provider + "\npublicUrl: as-received\n" + secrets);
      assertThat(load().find("a").orElseThrow().publicUrl()).isEmpty();
    }
  }

  @Test
  void spreadsWhereNothingHasAnOrderAndWhereTheFileSaysSo() throws IOException {
    String secrets = "\nsecrets: [{ref: env:BILLING_SECRET}]\n";
    write("crm.yaml", "source: crm\nprovider: hubspot\npublicUrl: as-received" + secrets);
    write("email.yaml", "source: email\nprovider: mailgun" + secrets);
    write("groups.yaml", "source: groups\nprovider: segment" + secrets);
    write("kept.yaml", "source: kept\nprovider: mailgun\nspread: false" + secrets);
    write("leads.yaml", "source: leads\nprovider: generic-hmac\nspread: true" + secrets);
    String types =
        "mapping: {types: [{from: bounce, to: contact.bounced, record: {type: contact}}]}";
    write("records.yaml", "source: records\nprovider: mailgun" + secrets + types);

    assertThat(load().all().stream().filter(Source::spread).map(Source::name))
        .as("mailgun is about people only; segment about accounts too")
        .containsExactly("email", "leads");
  }

  @Test
  void tellsWhatASecretIsFor() throws IOException {
    write(
        "ads.yaml",
        """
        source: ads
        provider: meta
        secrets:
          - ref: env:BILLING_SECRET
          - {ref: env:BILLING_SECRET, use: handshake}
        """);

    assertThat(load().find("ads").orElseThrow().secrets())
        .extracting(Secret::use)
        .containsExactly(Secret.VERIFICATION, Secret.HANDSHAKE);
  }

  @Test
  void takesNoSecretForAnotherUseAsProof() throws IOException {
    var handshake = "source: ads\nprovider: meta\nsecrets: [{ref: env:BILLING_SECRET, use: %s}]\n";

    write("ads.yaml", handshake.formatted("handshake"));
    assertThatThrownBy(this::load).hasMessageContaining("ads.yaml:1: it has no secret");
    write("ads.yaml", handshake.formatted("handshak"));
    assertThatThrownBy(this::load)
        .hasMessageContaining("this scheme has no secret with the use handshak");
  }

  @Test
  void remembersEventsAtLeastThreeDaysAndAsLongAsTheProviderRetries() throws IOException {
    write("code.yaml", "source: code\nprovider: slack\nsecrets: [{ref: env:BILLING_SECRET}]\n");
    write(
        "mail.yaml", "source: mail\nprovider: customerio\nsecrets: [{ref: env:BILLING_SECRET}]\n");

    var sources = load();

    assertThat(sources.find("code").orElseThrow().dedupeWindow()).isEqualTo(Duration.ofDays(3));
    assertThat(sources.find("mail").orElseThrow().dedupeWindow()).isEqualTo(Duration.ofDays(7));
    assertThat(sources.all()).extracting(Source::name).containsExactly("code", "mail");
  }

  @Test
  void requiresNoMoreThanTheProviderCanProve() throws IOException {
    String secrets = "secrets: [{ref: env:BILLING_SECRET}]\n";
    write("a.yaml", "source: a\nprovider: mailgun\nrequireAssurance: PARTIAL\n" + secrets);
    assertThat(load().find("a").orElseThrow().requiredAssurance()).contains(Assurance.PARTIAL);

    write("b.yaml", "source: b\nprovider: mailgun\nrequireAssurance: BODY_SIGNED\n" + secrets);
    write("c.yaml", "source: c\nprovider: stripe\nrequireAssurance: ALL\n" + secrets);

    assertThatThrownBy(this::load)
        .hasMessageContaining("b.yaml:3: it requires BODY_SIGNED, but mailgun proves only PARTIAL")
        .hasMessageContaining("c.yaml:3: requireAssurance: ALL cannot be used");
  }

  @Test
  void saysEveryFaultOfEveryFileAtOnceOnALineEach() throws IOException {
    write(
        "a.yaml", "source: a\nprovider: strype\nsecrets: [{ref: env:NOT_SET}]\nallow: [nowhere]\n");
    write("b.yaml", "source: b\nprovider: github\n");
    write("c.yml", "source: c\n");

    assertThatThrownBy(this::load)
        .isInstanceOf(InvalidFileException.class)
        .message()
        .satisfies(
            message -> {
              assertThat(message.lines()).hasSize(6);
              assertThat(message)
                  .contains(
                      "a.yaml:2: the provider strype is not in the catalogue; did you mean stripe?")
                  .contains("a.yaml:3: the environment variable NOT_SET is not set; set it")
                  .contains("a.yaml:4: nowhere is not an address range; write CIDR notation")
                  .contains("b.yaml:1: it has no secret, and github cannot be verified without one")
                  .contains("c.yml: it would be ignored; rename it");
            });
  }

  @Test
  void refusesWhatCannotBeMeant() throws IOException {
    write("billing.secret", "s");
    refuses("source: billing", "source: Billing", "the name Billing cannot be a path");
    refuses("source: billing", "source: millrace", "the name millrace is reserved for");
    refuses(
        "source: billing", "source: payments", "the file is not named after the source payments");
    refuses("source: billing\n", "", "the key source is missing");
    refuses("provider: stripe\n", "", "the key provider is missing");
    refuses("https://hooks", "hooks", "publicUrl: hooks.example.com/in/billing cannot be used");
    refuses("in/billing\n", "in/billing?x=1\n", "publicUrl");
    refuses("env:BILLING_SECRET", "whsec_abc", "a ref is neither env:NAME nor file:PATH");
    refuses("env:BILLING_SECRET", "env:BLANK", "the secret env:BLANK cannot be used: it is blank");
    refuses("env:BILLING_SECRET", "env:NUL", "it contains a NUL character");
    refuses("file:billing.secret", "file:none", "the secret file none cannot be read");
    refuses("notAfter: 2027", "notAfter: 2026", "ends (notAfter) before it begins");
    refuses("2027-01-01T00:00:00Z", "2027-01-01", "notAfter: 2027-01-01 cannot be used");
    refuses("192.0.2.0/24", "192.0.2.0/33", "192.0.2.0/33 is not an address range");
    refuses("192.0.2.0/24", "hooks.stripe.com", "hooks.stripe.com is not an address range");
    refuses("P5D", "5 days", "dedupeWindow: 5 days cannot be used");
    refuses("P5D", "PT0S", "dedupeWindow: PT0S cannot be used");
    refuses("P5D", "P16D", "longer than 15 days");
    refuses("PT30S", "PT61M", "longer than an hour");
    refuses("PT30S", "PT0S", "reorderWindow: PT0S cannot be used");
    refuses("100/s", "100 per second", "rateLimit: 100 per second burst 500 cannot be used");
    refuses("dedupeWindow", "dedupWindow", "the key dedupWindow is unknown");
    refuses("P5D", "P5D\nprovider: github", "the key provider appears twice");
    refuses("secrets:", "secrets: [", "it is not YAML");
  }

  @Test
  void neverShowsASecret() throws IOException {
    write("billing.yaml", BILLING.replace("env:BILLING_SECRET", "whsec_abc"));

    assertThatThrownBy(this::load).message().doesNotContain("whsec_abc");
  }

  @Test
  void checksASecretAgainstWhatItsProviderNeeds() throws IOException {
    write("feed.yaml", "source: feed\nprovider: sendgrid\nsecrets: [{ref: env:SVIX}]\n");
    write("shop.yaml", "source: shop\nprovider: basic\nsecrets: [{ref: env:SVIX}]\n");

    assertThatThrownBy(this::load)
        .message()
        .contains("the secret env:SVIX cannot be used: it is not base64")
        .contains("the secret env:SVIX cannot be used: it does not have the form user:password");
  }

  @Test
  void connectsAnUnsignedSourceOnlyByItsAddresses() throws IOException {
    write("plain.yaml", "source: plain\nprovider: unsigned\n");

    assertThatThrownBy(this::load).message().contains("it has no allow list");

    write("plain.yaml", "source: plain\nprovider: unsigned\nallow: [192.0.2.1]\n");
    assertThat(load().find("plain")).isPresent();
  }

  @Test
  void saysThatTheFolderIsNotThere() {
    assertThatThrownBy(
            () -> Sources.load(folder.resolve("none"), CATALOGUE, name -> Optional.empty()))
        .isInstanceOf(InvalidFileException.class)
        .message()
        .contains("the folder cannot be read");
  }

  private void refuses(String sound, String broken, String fault) throws IOException {
    write("billing.yaml", BILLING.replace(sound, broken));

    assertThatThrownBy(this::load)
        .as(broken)
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining(fault);
  }

  private Sources load() {
    return Sources.load(folder, CATALOGUE, name -> Optional.ofNullable(ENVIRONMENT.get(name)));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
