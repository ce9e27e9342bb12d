package io.millrace.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.normalize.mapping.EventExtraction;
import io.millrace.normalize.testing.Inbound;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever bytes come in: no exception, and never nothing. */
final class NormalizerFuzzTest {
  private static final int RUNS = 20_000;
  private static final List<String> PROVIDERS =
      List.of(
          "hubspot",
          "stripe",
          "segment",
          "sendgrid",
          "typeform",
          "envelope",
          "meta",
          "mailchimp",
          "jotform",
          "salesforce-om",
          "salesforce-cdc");

  /** Pieces that get deeper into the code than random bytes do. */
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "null",
          "true",
          "1e999999999",
          "-0",
          "1.10",
          "\"id\"",
          "\"event_id\":\"e\"",
          "\"event_type\":\"lead.created\"",
          "\"timestamp\":",
          "\"data\":{}",
          "\"email\":\"a@b.example\"",
          "\"type\":\"track\"",
          "\"event\":\"\"",
          "\"objectId\":1",
          "\"subscriptionType\":\"contact.creation\"",
          "\"occurredAt\":99999999999999999",
          "\\ud800",
          "&",
          "=",
          "%",
          "data[a][b]=",
          "<a>",
          "</a>",
          "<Notification>",
          "<!DOCTYPE a>",
          "&#x0;",
          "--x\r\n",
          "Content-Disposition: form-data; name=\"rawRequest\"\r\n\r\n",
          "--x--",
          "type=x",
          "[]=",
          "\u0000",
          "ä",
          "\uFEFF",
          " ");

  @Test
  void neverThrowsAndNeverReturnsNothing() {
    long seed = new SplittableRandom().nextLong();
    Random random = new Random(seed);
    List<EventExtraction> extractions = PROVIDERS.stream().map(Inbound::extraction).toList();
    for (int run = 0; run < RUNS; run++) {
      byte[] body = random.nextBoolean() ? bytes(random) : pieces(random);
      int provider = random.nextInt(PROVIDERS.size());

      String description = "seed %d, run %d, %s".formatted(seed, run, PROVIDERS.get(provider));
      List<Normalized> results = normalized(extractions.get(provider), body, description);

      assertThat(results).as(description).isNotEmpty();
    }
  }

  private static List<Normalized> normalized(
      EventExtraction extraction, byte[] body, String description) {
    try {
      return Inbound.of(extraction)
          .header(
              "Content-Type",
              extraction.jsonFields().isEmpty() ? "" : "multipart/form-data; boundary=x")
          .normalized(body);
    } catch (RuntimeException | StackOverflowError failure) {
      String text = new String(body, StandardCharsets.UTF_8);
      throw new AssertionError(description + ": " + text, failure);
    }
  }

  private static byte[] bytes(Random random) {
    byte[] body = new byte[random.nextInt(64)];
    random.nextBytes(body);
    return body;
  }

  private static byte[] pieces(Random random) {
    StringBuilder body = new StringBuilder();
    boolean object = random.nextBoolean();
    body.append(object ? "{" : "");
    int count = random.nextInt(20);
    for (int piece = 0; piece < count; piece++) {
      body.append(PIECES.get(random.nextInt(PIECES.size())));
      body.append(object && random.nextInt(4) > 0 ? "," : "");
    }
    body.append(object ? "\"x\":1}" : "");
    return body.toString().getBytes(StandardCharsets.UTF_8);
  }
}
