package io.millrace.bench.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.bench.sender.Outgoing;
import io.millrace.bench.sender.Signer;
import io.millrace.bench.simulator.life.Json;
import io.millrace.bench.simulator.life.SourceNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's secrets: drawn in the shape each provider needs, and kept from others. */
class DemoSecretsTest {
  private static final Instant AT = Instant.ofEpochSecond(1_700_000_000);
  private static final byte[] BODY =
      "{\"id\":\"evt_1\",\"type\":\"contact.updated\",\"data\":{\"name\":\"Zoë ☃\",\"amount\":1.0}}"
          .getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  @Test
  void signsForSendGridWithTheHalfOfTheKeyTheEdgeDoesNotGet() throws Exception {
    DemoSecrets secrets = DemoSecrets.draw();
    Signer signer = Objects.requireNonNull(secrets.signers().get(SourceNames.EMAIL));

    Outgoing signed =
        signer.sign(Outgoing.post("https://any.example", "application/json", BODY), AT);

    byte[] key =
        Base64.getDecoder().decode(secrets.verifying().getOrDefault(SourceNames.EMAIL, ""));
    Signature verification = Signature.getInstance("SHA256withECDSA");
    verification.initVerify(
        KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(key)));
    verification.update("1700000000".getBytes(StandardCharsets.UTF_8));
    verification.update(BODY);
    assertThat(signed.headers())
        .containsEntry("X-Twilio-Email-Event-Webhook-Timestamp", "1700000000");
    assertThat(
            verification.verify(
                Base64.getDecoder().decode(signed.header(signer.proof().name()).orElseThrow())))
        .isTrue();
  }

  @Test
  void keepsItsSecretsInAFileForTheOwnerAlone() throws Exception {
    DemoSecrets drawn = DemoSecrets.in(directory);

    assertThat(DemoSecrets.in(directory)).isEqualTo(drawn);
    Path file = directory.resolve("secrets.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(drawn.toString()).doesNotContain(drawn.signing().getOrDefault(SourceNames.CRM, ""));
    JsonNode content = Json.MAPPER.readTree(file.toFile());
    assertThat(content.path("signing").path(SourceNames.EMAIL).asText())
        .isNotEqualTo(content.path("verifying").path(SourceNames.EMAIL).asText());
  }
}
