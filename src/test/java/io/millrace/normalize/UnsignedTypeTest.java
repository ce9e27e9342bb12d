package io.millrace.normalize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Attempt;
import io.millrace.event.Delivery;
import io.millrace.normalize.testing.TestIds;
import io.millrace.provider.Catalogue;
import io.millrace.source.Source;
import io.millrace.source.Sources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A type in a header that nobody signed must not delete anything with full proof. */
final class UnsignedTypeTest {
  private static final String BODY =
      "{\"id\":7,\"type\":\"lead.deleted\",\"action\":\"deleted\",\"data\":{\"id\":\"7\"},"
          + "\"repository\":{\"full_name\":\"a/b\"}}";

  private static final String ID = "any-id";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "shopify, X-Shopify-Topic, customers/update, customer.update, BODY_SIGNED",
    "shopify, X-Shopify-Topic, customers/delete, customer.delete, PARTIAL",
    "shopify, X-Shopify-Topic, customers/merge, customer.merge, PARTIAL",
    "github, X-GitHub-Event, issues, issue.deleted, PARTIAL",
    "github, X-GitHub-Event, push, repository.pushed, BODY_SIGNED",
    "generic-hmac, X-Event-Type, lead.merged, lead.deleted, BODY_SIGNED"
  })
  void provesOnlyAPartOfALossThatAHeaderNames(
      String provider, String header, String value, String type, String assurance) {
    String body =
        type.startsWith("repository") ? BODY.replace("\"action\":\"deleted\",", "") : BODY;

    assertThat(normalized(source(provider, ""), body, Map.of(header, value, ID, "e-1")))
        .satisfiesExactly(
            only -> {
              var event = ((Normalized.Event) only).event();
              assertThat(event.getEventType()).isEqualTo(type);
              assertThat(event.getMetadata().getAssurance()).isEqualTo(assurance);
            });
  }

  @Test
  void keepsItAsADeadLetterWhereTheSourceRequiresMore() {
    Source strict = source("shopify", "requireAssurance: BODY_SIGNED\n");

    var genuine = normalized(strict, BODY, Map.of("X-Shopify-Topic", "customers/update", ID, "1"));
    var deletion = normalized(strict, BODY, Map.of("X-Shopify-Topic", "customers/delete", ID, "1"));

    assertThat(genuine).allMatch(Normalized.Event.class::isInstance);
    assertThat(((Normalized.Refused) deletion.getFirst()).deadLetter())
        .satisfies(
            letter -> {
              assertThat(letter.getReason()).isEqualTo("PROVES_TOO_LITTLE");
              assertThat(letter.getAttempts())
                  .extracting(Attempt::getError)
                  .containsExactly(
                      "The type customer.delete is in a header that its sender does not sign, and"
                          + " the source's file requires BODY_SIGNED: confirm the event at the"
                          + " sender, then set requireAssurance to PARTIAL and replay.");
            });
  }

  private static List<Normalized> normalized(
      Source source, String body, Map<String, String> headers) {
    String id = headers.get(ID);
    Map<String, List<String>> all =
        new HashMap<>(Map.of("x-github-delivery", List.of(id), "x-shopify-event-id", List.of(id)));
    headers.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    Delivery delivery =
        Delivery.newBuilder()
            .setDeliveryId("d-1")
            .setSource(source.name())
            .setReceivedAt(Instant.parse("2026-03-01T10:00:00Z"))
            .setMethod("POST")
            .setUrl("https://hooks.example.com/in/x")
            .setHeaders(all)
            .setBody(ByteBuffer.wrap(body.getBytes(UTF_8)))
            .setRemoteAddress("192.0.2.1")
            .setAssurance("BODY_SIGNED")
            .build();
    return Normalizer.normalize(source, TestIds.rules(), delivery, 0, 0);
  }

  private Source source(String provider, String rest) {
    try {
      Files.writeString(
          folder.resolve("tested.yaml"),
          "source: tested\nprovider: " + provider + "\nsecrets: [{ref: env:KEY}]\n" + rest);
    } catch (IOException unwritable) {
      throw new IllegalStateException(unwritable);
    }
    return Sources.load(folder, Catalogue.bundled(), name -> Optional.of("key"))
        .find("tested")
        .orElseThrow();
  }
}
