package io.millrace.cli.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.app.CommandException;
import io.millrace.app.Exit;
import io.millrace.provider.Catalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SourcesCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;
  private String request = "";

  @BeforeEach
  void keepTheFirstVector() throws IOException {
    try (var vectors = getClass().getResourceAsStream("/vectors.json")) {
      request = new ObjectMapper().readTree(vectors).get(0).toString();
    }
  }

  @Test
  void saysOkFirstAndThenWhy() throws IOException {
    assertThat(test("stripe", request)).isEqualTo(Exit.DONE);

    assertThat(out.toString().lines().findFirst()).contains("OK");
    assertThat(out.toString())
        .contains("header Stripe-Signature: found", "0 s before", "1 active, all tried");
  }

  @Test
  void saysWhatAGenuineRequestWouldBecome() throws IOException {
    var batch =
        envelope(
            "[{'event_id':'e1','event_type':'lead.created','timestamp':'2026-01-01T00:00:00Z',"
                + "'data':{'lead_id':'L-1','email':'ada@example.com'}},"
                + "{'event_id':'e2','event_type':'deal.updated','timestamp':'2026-01-01T00:00:00Z'}]");

    assertThat(test("envelope", batch)).isEqualTo(Exit.DONE);

    assertThat(out.toString().lines())
        .contains("  would become:", "  person of e1: email ada@example.com, lead envelope:L-1")
        .anyMatch(line -> line.matches(" {4}lead.created +lead/envelope:L-1 +e1"))
        .anyMatch(line -> line.matches(" {4}dead letter +MISSING_FIELD +The id of the deal is.*"));
  }

  @Test
  void saysWhatIsWrongWithFields() throws IOException {
    var batch =
        envelope(
            "[{'event_id':'e1','event_type':'lead.created','timestamp':'2026-01-01T00:00:00Z',"
                + "'data':{'lead_id':'L-1','email':'ada@example','phone':'030 901820'}}]");

    assertThat(test("envelope", batch)).isEqualTo(Exit.DONE);

    assertThat(out.toString().lines())
        .contains(
            "  with invalid fields in e1:",
            "    email is not an e-mail address, such as ada@example.com: left out (it was"
                + " \"ada@example\")")
        .anyMatch(
            line ->
                line.startsWith("    phone has no country code")
                    && line.endsWith(": kept as sent"));
  }

  @Test
  void checksFieldsByAnotherTable() throws IOException {
    var batch =
        envelope(
            "[{'event_id':'e1','event_type':'lead.created','timestamp':'2026-01-01T00:00:00Z',"
                + "'data':{'lead_id':'L-1','email':'ada@example'}}]");
    Files.writeString(
        folder.resolve("fields.yaml"),
        "fields: [{field: email, kind: email, owner: marketing, bad: refuse}]");

    assertThat(test("envelope", batch, "--rules", folder.toString())).isEqualTo(Exit.DONE);
    assertThat(out.toString()).contains("dead letter  INVALID_FIELD  email is not an e-mail");

    Files.writeString(folder.resolve("fields.yaml"), "field: []");
    assertThat(test("envelope", batch, "--rules", folder.toString())).isEqualTo(Exit.USAGE);
    assertThat(err.toString())
        .contains("fields.yaml:1: the key field is unknown; did you mean fields?");
  }

  @Test
  void saysNothingOfTheKindAboutAForgedOne() throws IOException {
    assertThat(test("envelope", envelope("[]").replace("\"sha256=", "\"sha256=00")))
        .isEqualTo(Exit.NO);

    assertThat(out.toString()).doesNotContain("would become");
  }

  @Test
  void saysHowAHandshakeWouldBeAnswered() throws IOException {
    var probe =
        "{\"secrets\":[\"key\"],\"request\":{\"method\":\"HEAD\",\"url\":\"https://x.example/in/m/key\","
            + "\"headers\":{},\"bodyBase64\":\"\"}}";

    assertThat(test("mailchimp", probe)).isEqualTo(Exit.DONE);

    assertThat(out.toString()).contains("would be answered as a handshake");
  }

  @Test
  void saysTheReasonFirstAndThenWhy() throws IOException {
    assertThat(test("stripe", request.replace("1700000000000", "1700000301000")))
        .isEqualTo(Exit.NO);

    assertThat(out.toString().lines().findFirst()).contains("STALE");
    assertThat(out.toString()).contains("301 s before the time of verification");
  }

  @Test
  void judgesAtTheTimeAskedFor() throws IOException {
    assertThat(test("stripe", request, "--at", "2023-11-14T22:18:21Z")).isEqualTo(Exit.NO);
    assertThat(out.toString()).startsWith("STALE");
  }

  @Test
  void judgesByTheClockWithoutAnyTime() throws IOException {
    assertThat(test("stripe", request.replace("\"nowMs\":1700000000000,", ""))).isEqualTo(Exit.NO);
    assertThat(out.toString()).startsWith("STALE");
  }

  @Test
  void neverShowsASecretOrARightSignature() throws IOException {
    var forged = request.replace("v1=3c1aa6e5cb0b", "v1=000000000000");

    assertThat(test("stripe", forged)).isEqualTo(Exit.NO);

    assertThat(out.toString()).startsWith("BAD_SIGNATURE").doesNotContain("whsec_", "3c1aa6e5");
  }

  @Test
  void takesAHeaderAsAListToo() throws IOException {
    var twice =
        request.replaceFirst(
            "\"Stripe-Signature\":(\"[^\"]*\")", "\"Stripe-Signature\":[$1,\"t=1\"]");

    assertThat(test("stripe", twice)).isEqualTo(Exit.NO);
    assertThat(out.toString()).startsWith("MALFORMED");
  }

  @Test
  void saysNoSecretWhereThereIsNone() throws IOException {
    assertThat(test("stripe", request.replace("\"whsec_test_secret\"", ""))).isEqualTo(Exit.NO);
    assertThat(out.toString()).startsWith("NO_SECRET");
  }

  @Test
  void suggestsTheProviderThatMayBeMeant() throws IOException {
    assertThat(test("hubspt", request)).isEqualTo(Exit.USAGE);
    assertThat(err.toString()).contains("did you mean hubspot");
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    for (var broken :
        new String[] {
          "",
          "[]",
          "{",
          "{}",
          request.replace("bodyBase64", "body"),
          request.replace("url", "uri"),
          request.replace("\"bodyBase64\":\"", "\"bodyBase64\":\"%"),
          request.replace("secrets", "keys"),
          request.replace("1700000000000", "\"now\"")
        }) {
      assertThat(test("stripe", broken)).as(broken).isEqualTo(Exit.USAGE);
    }
    assertThat(err.toString().lines()).hasSize(9).allMatch(line -> line.contains("request.json"));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void refusesAFileOrTimeThatIsNone() throws IOException {
    assertThat(run("sources", "test", "--provider", "stripe", "--request", "none.json"))
        .isEqualTo(Exit.USAGE);
    assertThat(test("stripe", request, "--at", "noon")).isEqualTo(Exit.USAGE);
    assertThat(run("sources", "test")).isEqualTo(Exit.USAGE);
    assertThat(run("sources")).isEqualTo(Exit.USAGE);
  }

  @Test
  void judgesAsAConnectedSourceDoes() throws IOException {
    Files.writeString(folder.resolve("key"), "secret\n");
    Files.writeString(
        folder.resolve("shop.yaml"),
        "source: shop\nprovider: envelope\nsecrets: [{ref: 'file:key'}]\n");
    Files.writeString(folder.resolve("broken.yaml"), "source: broken\n");
    var captured = envelope("[]").replace("\"secrets\":[\"secret\"],", "");

    assertThat(testSource("shop", captured)).isEqualTo(Exit.DONE);

    assertThat(out.toString())
        .startsWith("OK\n")
        .contains("secret file:key: 6 characters, active", "signature: made with file:key");
  }

  @Test
  void saysWhereASourceSignedForAnotherUrl() throws IOException {
    Files.writeString(folder.resolve("key"), "secret");
    Files.writeString(
        folder.resolve("crm.yaml"),
        """
        source: crm
        provider: hubspot-v2
        secrets: [{ref: 'file:key'}]
        publicUrl: http://hooks.example.com/in/crm
        """);
    var signature = sha256("secretPOSThttps://hooks.example.com/in/crm[]");
    var captured =
        "{\"request\":{\"method\":\"POST\",\"url\":\"http://10.0.0.1/in/crm\","
            + "\"headers\":{\"X-HubSpot-Signature\":\"%s\"},\"bodyBase64\":\"W10=\"}}"
                .formatted(signature);

    assertThat(testSource("crm", captured)).isEqualTo(Exit.NO);

    assertThat(out.toString())
        .startsWith("BAD_SIGNATURE\n")
        .contains("found: the sender signed another URL, https://hooks.example.com/in/crm;");
  }

  @Test
  void saysWhichSourcesThereAre() throws IOException {
    Files.writeString(folder.resolve("key"), "secret");
    Files.writeString(
        folder.resolve("shop.yaml"),
        "source: shop\nprovider: envelope\nsecrets: [{ref: 'file:gone'}]\n");

    assertThat(testSource("shp", request)).isEqualTo(Exit.USAGE);
    assertThat(testSource("shop", request)).isEqualTo(Exit.USAGE);

    assertThat(err.toString())
        .contains("The source shp is not connected", "Connected sources: shop")
        .contains("shop.yaml:3: the secret file gone cannot be read");
  }

  @Test
  void findsTheProviderARequestIsOf() throws IOException {
    assertThat(test("paddle", request)).isEqualTo(Exit.NO);

    assertThat(out.toString())
        .startsWith("MISSING_SIGNATURE\n")
        .contains("headers received: ", "stripe-signature")
        .contains("found: it verifies as a request of the provider stripe (Stripe)");
  }

  @Test
  void quotesNothingOfAFileThatIsNoJson() throws IOException {
    assertThat(test("stripe", "{\"secrets\": [whsec_oops]}")).isEqualTo(Exit.USAGE);

    assertThat(err.toString()).contains("it is not JSON (line 1, column").doesNotContain("whsec");
  }

  @Test
  void listsWhatIsConnectedAndWhatCouldBe() throws IOException {
    Files.writeString(folder.resolve("key"), "s");
    Files.writeString(
        folder.resolve("billing.yaml"),
        "source: billing\nprovider: stripe\nsecrets: [{ref: 'file:key'}]\n");

    assertThat(run("sources", "list", "--sources", folder.toString())).isEqualTo(Exit.DONE);

    assertThat(out.toString())
        .containsPattern("billing +stripe +yes +any +no +3 d +as received")
        .containsPattern(
            "hubspot-v1 +digest-sha256 +BODY_SIGNED +sdk +documentation +\\d+ d +3 d +5 s")
        .containsPattern("calendly +hmac-sha256 +BODY_SIGNED +documentation\\* ")
        .containsPattern("polar +hmac-sha256 +BODY_SIGNED +sdk +")
        .containsPattern("Oldest evidence: 20\\d\\d-\\d\\d-\\d\\d, \\d+ days ago");
  }

  @Test
  void showsWhenAnEntryWasComparedAndWhoAgrees() {
    assertThat(run("sources", "list", "--provider", "clearbit")).isEqualTo(Exit.DONE);
    assertThat(out.toString())
        .contains("compared on 2026-11-29", "own reading: no program of anybody else agrees yet");

    assertThat(run("sources", "list", "--provider", "box", "--json")).isEqualTo(Exit.DONE);
    assertThat(out.toString())
        .contains("\"ownReading\" : false", "\"version\" : \"box-node-sdk 10.12.0\"");
  }

  @Test
  void showsWhatReportsNothing() throws IOException {
    // The body is {"events":[]}.
    var request =
        """
        {"secrets": ["an-asana-hook-secret"], "request": {"method": "POST",
         "url": "https://hooks.example.com/in/tasks", "bodyBase64": "eyJldmVudHMiOltdfQ==",
         "headers": {"X-Hook-Signature": "421f9ff903a34a5b1acca489206c442873574f4ea9f67e3f3b29cff9f71606c0"}}}
        """;

    assertThat(test("asana", request)).isEqualTo(Exit.DONE);

    assertThat(out.toString()).containsPattern("nothing +heartbeat");
  }

  @Test
  void listsSourcesWhoseSecretsAreNotHere() throws IOException {
    Files.writeString(
        folder.resolve("billing.yaml"),
        "source: billing\nprovider: stripe\nsecrets: [{ref: 'env:MILLRACE_NO_SUCH_VARIABLE'}]\n");
    Files.writeString(folder.resolve("broken.yaml"), "source: broken\n");

    assertThat(run("sources", "list", "--sources", folder.toString())).isEqualTo(Exit.DONE);

    assertThat(out.toString())
        .containsPattern("billing +stripe +no")
        .contains("billing.yaml:3: the environment variable MILLRACE_NO_SUCH_VARIABLE is not set")
        .contains("broken.yaml:1: the key provider is missing")
        .contains("hubspot");
  }

  @Test
  void fitsInto120Columns() throws IOException {
    assertThat(run("sources", "list", "--sources", folder.toString())).isEqualTo(Exit.DONE);
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 120);

    for (var provider : Catalogue.bundled().all()) {
      out.getBuffer().setLength(0);
      assertThat(run("sources", "list", "--provider", provider.name())).isEqualTo(Exit.DONE);
      assertThat(out.toString().lines().filter(line -> !line.strip().startsWith("https://")))
          .as(provider.name())
          .allMatch(line -> line.length() <= 120 || !line.strip().contains(" "));
    }
  }

  @Test
  void showsOneEntryInFullWithItsEvidence() {
    assertThat(run("sources", "list", "--provider", "customer-io")).isEqualTo(Exit.DONE);

    assertThat(out.toString())
        .startsWith("customerio: Customer.io reporting webhooks")
        .containsPattern("also found as +customer-io")
        .containsPattern("proves +BODY_SIGNED")
        .containsPattern("signed +v0:\\{timestamp}:\\{body}")
        .containsPattern("timestamp +header: X-CIO-Timestamp, unit: s, tolerance: 300")
        .containsPattern("at most +7 d")
        .containsPattern(
            "waits +4 s\\R +evidence +documentation: .*\\R +https://docs.customer.io/");
  }

  @Test
  void tellsWhatAnEntryIsCalledThatIsNotThere() {
    assertThat(run("sources", "list", "--provider", "hubspt")).isEqualTo(Exit.USAGE);

    assertThat(err.toString()).contains("did you mean hubspot");
  }

  @Test
  void listsForProgramsToo() throws IOException {
    assertThat(run("sources", "list", "--json", "--sources", folder.toString()))
        .isEqualTo(Exit.DONE);

    var listed = new ObjectMapper().readTree(out.toString());
    var github =
        listed
            .get("catalogue")
            .valueStream()
            .filter(entry -> entry.get("provider").asText().equals("github"))
            .findFirst()
            .orElseThrow();
    assertThat(listed.get("connected")).isEmpty();
    assertThat(github.at("/evidence/verification/proof").asText()).isEqualTo("sdk");
    assertThat(github.get("anyAnswerIsSuccess").asBoolean()).isTrue();
    assertThat(github.at("/entry/verification/signed").asText()).isEqualTo("{body}");
  }

  @Test
  void takesEntriesOfOnesOwnBesideTheCatalogue() throws IOException {
    var own = Files.createDirectory(folder.resolve("own"));
    var entry =
        """
        provider: acme
        title: Acme
        evidence: {proof: ours}
        verification: {scheme: token, token: {header: X-Acme-Key}}
        retryHorizon: P1D
        """;
    Files.writeString(own.resolve("acme.yaml"), entry);

    assertThat(run("sources", "list", "--catalogue", own.toString(), "--provider", "acme"))
        .isEqualTo(Exit.DONE);
    assertThat(out.toString())
        .startsWith("acme: Acme")
        .containsPattern("token +header: X-Acme-Key");

    Files.writeString(own.resolve("acme.yaml"), entry.replace("scheme: token", "scheme: magic"));
    Files.writeString(own.resolve("stripe.yaml"), entry.replace("acme", "stripe"));
    assertThat(run("sources", "list", "--catalogue", own.toString())).isEqualTo(Exit.USAGE);
    assertThat(err.toString())
        .contains("acme.yaml:4: the scheme magic is unknown")
        .contains("stripe.yaml", "the name stripe is already taken");
    assertThat(run("sources", "list", "--catalogue", folder.resolve("none").toString()))
        .isEqualTo(Exit.USAGE);
    assertThat(err.toString()).contains("the folder of catalogue entries cannot be read");
  }

  @Test
  void printsNoEscapeSequenceOfAStranger() throws IOException {
    String hostile = "\u001b]0;t\u0007\u001b[2J\u009b31m\u202eD";
    String written =
        "'" + new ObjectMapper().valueToTree(hostile).toString().replace("\"", "") + "'";
    var batch =
        envelope(
            ("[{'event_id':%s,'event_type':'lead.created','timestamp':%s,"
                    + "'data':{'lead_id':%s,'email':%s}},"
                    + "{'event_id':%s,'event_type':'lead.created','timestamp':'2026-01-01T00:00:00Z',"
                    + "'data':{'lead_id':%s,'email':'ada@example.com'}}]")
                .replace("%s", written));

    test("envelope", batch);
    test("envelope", batch.replace("https://hooks.example.com", "https://" + written));

    assertThat(out + "" + err)
        .contains("would become")
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]");
  }

  private int testSource(String name, String captured) throws IOException {
    Path file = Files.writeString(folder.resolve("request.json"), captured);
    return run(
        "sources",
        "test",
        "--source",
        name,
        "--sources",
        folder.toString(),
        "--request",
        file.toString());
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String envelope(String events) throws IOException {
    byte[] body = events.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      var json = new ObjectMapper().createObjectNode();
      json.putArray("secrets").add("secret");
      json.putObject("request")
          .put("method", "POST")
          .put("url", "https://hooks.example.com/in/shop")
          .put("bodyBase64", Base64.getEncoder().encodeToString(body))
          .putObject("headers")
          .put("X-Webhook-Signature", "sha256=" + HexFormat.of().formatHex(mac.doFinal(body)));
      return json.toString();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private int test(String provider, String content, String... more) throws IOException {
    var file = folder.resolve("request.json");
    Files.writeString(file, content);
    String[] arguments = {"sources", "test", "--provider", provider, "--request", file.toString()};
    return run(
        java.util.stream.Stream.of(arguments, more)
            .flatMap(java.util.Arrays::stream)
            .toArray(String[]::new));
  }

  @CommandLine.Command(name = "millrace", subcommands = SourcesCommand.class)
  private static final class Root {}

  private int run(String... arguments) {
    return new CommandLine(new Root())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println(failure.getMessage());
              return failure instanceof CommandException expected ? expected.exitCode() : 99;
            })
        .execute(arguments);
  }
}
