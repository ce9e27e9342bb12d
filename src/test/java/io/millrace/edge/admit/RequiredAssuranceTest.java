package io.millrace.edge.admit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Assurance;
import io.millrace.model.Reason;
import io.millrace.provider.Catalogue;
import io.millrace.source.Sources;
import io.millrace.verify.Headers;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sender with two schemes, one of which proves less, and a source that may insist on the better.
 */
final class RequiredAssuranceTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Map<String, String> TOKEN = Map.of("X-Token", "token");
  private static final Map<String, String> SIGNATURE =
      // echo -n '{}' | openssl dgst -sha256 -hmac key
      Map.of("X-Hex", "a777724d943eb48dc69bca8a4a6d57a04db3f9ec7e1de4e581e860265bdf3032");

  @TempDir private Path folder;

  @Test
  void takesBothWaysUnlessTheSourceRequiresOne() throws IOException {
    ConnectedSource source = source("");

    assertThat(verdict(source, TOKEN)).isEqualTo(Assurance.SHARED_SECRET.name());
    assertThat(verdict(source, SIGNATURE)).isEqualTo(Assurance.BODY_SIGNED.name());
  }

  @Test
  void refusesWhatProvesLessThanTheSourceRequires() throws IOException {
    ConnectedSource source = source("requireAssurance: BODY_SIGNED\n");

    assertThat(verdict(source, SIGNATURE)).isEqualTo(Assurance.BODY_SIGNED.name());
    assertThat(verdict(source, TOKEN))
        .isEqualTo(
            Reason.PROVES_TOO_LITTLE
                + ": The request proves SHARED_SECRET, and the source's file requires BODY_SIGNED");
  }

  private static String verdict(ConnectedSource source, Map<String, String> headers) {
    Headers.Builder all = new Headers.Builder();
    headers.forEach(all::add);
    SignedRequest request =
        new SignedRequest("POST", "https://x.example/in/a", all.build(), "{}".getBytes(UTF_8));
    return switch (source.verify(request, NOW)) {
      case Verdict.Verified verified -> verified.assurance().name();
      case Verdict.Refused refused -> refused.reason() + ": " + refused.explanation();
    };
  }

  private ConnectedSource source(String rest) throws IOException {
    Path catalogue = Files.createDirectories(folder.resolve("catalogue"));
    Files.writeString(
        catalogue.resolve("two-ways.yaml"),
        """
        provider: two-ways
        title: A sender with two ways
        evidence: {proof: ours}
        verification:
          downgrade: accepted
          anyOf:
            - {scheme: hmac, alg: sha256, signature: {header: X-Hex, enc: hex}, signed: "{body}"}
            - {scheme: token, token: {header: X-Token}, use: token}
        retryHorizon: P3D
        """);
    Path sources = Files.createDirectories(folder.resolve("sources"));
    Files.writeString(
        sources.resolve("a.yaml"),
        "source: a\nprovider: two-ways\nsecrets: [{ref: env:key}, {ref: env:token, use: token}]\n"
            + rest);
    return ConnectedSource.of(
        Sources.load(sources, Catalogue.with(catalogue), Optional::of).find("a").orElseThrow());
  }
}
