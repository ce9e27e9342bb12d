package io.millrace.edge.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.edge.testing.EdgeFixture;
import io.millrace.edge.testing.Pem;
import io.millrace.edge.testing.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import nl.altindag.ssl.util.KeyManagerUtils;
import nl.altindag.ssl.util.TrustManagerUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EdgeTlsTest {
  private static final Map<String, String> SOURCES = Map.of("forms", "provider: generic-hmac");
  private static final String LIVE = "GET /health/live HTTP/1.1\r\nHost: edge\r\n\r\n";
  private static Pem root;
  private static Pem middle;

  @TempDir private Path directory;

  @BeforeAll
  static void makeAuthorities() throws Exception {
    root = Pem.authority("root");
    middle = Pem.authority("middle");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void takesDeliveriesOverTls(String algorithm) throws Exception {
    Pem pem = Pem.signedBy(root, "edge", algorithm);
    write(pem.certificateText(), pem.keyText());

    try (EdgeFixture fixture = fixture(settings(Optional.empty(), Optional.empty()))) {
      try (SSLSocket socket = connect(fixture.port(), "TLSv1.3", Optional.empty())) {
        assertThat(ask(socket, LIVE)).startsWith("HTTP/1.1 200");
      }
      try (SSLSocket socket = connect(fixture.port(), "TLSv1.2", Optional.empty())) {
        assertThat(ask(socket, LIVE)).startsWith("HTTP/1.1 200");
        assertThat(socket.getSession().getCipherSuite()).contains("ECDHE").doesNotContain("CBC");
      }
      assertThat(deliver(fixture)).isEqualTo(200);
      assertThat(fixture.log.appended().getFirst().getUrl())
          .isEqualTo("https://127.0.0.1:" + fixture.port() + "/in/forms");
      assertThat(fixture.registry.scrape()).contains("millrace_edge_tls_expiry_seconds");
    }
  }

  /** The suites that are open to padding attacks, offered by a client that has nothing else. */
  @Test
  void agreesOnNoSuiteInCbcMode() throws Exception {
    Pem pem = Pem.signedBy(root, "edge", "EC");
    write(pem.certificateText(), pem.keyText());
    String[] cbc =
        Stream.of(context(Optional.empty()).getSupportedSSLParameters().getCipherSuites())
            .filter(suite -> suite.contains("_ECDHE_ECDSA_") && suite.contains("_CBC_"))
            .toArray(String[]::new);
    assertThat(cbc).isNotEmpty();

    try (EdgeFixture fixture = fixture(settings(Optional.empty(), Optional.empty()));
        SSLSocket socket =
            (SSLSocket)
                context(Optional.empty())
                    .getSocketFactory()
                    .createSocket("127.0.0.1", fixture.port())) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(cbc);

      assertThatThrownBy(socket::startHandshake).hasMessageContaining("handshake_failure");
    }
  }

  @Test
  void speaksNothingButTls() throws Exception {
    Pem pem = Pem.signedBy(root, "edge", "EC");
    write(pem.certificateText(), pem.keyText());

    try (EdgeFixture fixture = fixture(settings(Optional.empty(), Optional.empty()))) {
      // What comes back, if anything, is an alert of TLS.
      assertThat(exchange(fixture.port())).doesNotContain("HTTP/1.1");
      assertThat(deliver(fixture)).isEqualTo(200);
    }
  }

  @Test
  void servesTheWholeChain() throws Exception {
    Pem between = Pem.signedAuthority(root, "between");
    Pem pem = Pem.signedBy(between, "edge", "EC");
    write(pem.certificateText() + between.certificateText(), pem.keyText());

    try (EdgeFixture fixture = fixture(settings(Optional.empty(), Optional.empty()));
        SSLSocket socket = connect(fixture.port(), "TLSv1.3", Optional.empty())) {
      assertThat(ask(socket, LIVE)).startsWith("HTTP/1.1 200");
      assertThat(socket.getSession().getPeerCertificates()).hasSize(2);
    }
  }

  @Test
  void readsEncryptedAndTraditionalKeys() throws Exception {
    Pem pem = Pem.signedBy(root, "edge", "RSA");
    write(pem.certificateText(), pem.encryptedKeyText("open sesame"));
    try (EdgeFixture fixture = fixture(settings(Optional.of("open sesame"), Optional.empty()))) {
      assertThat(deliver(fixture)).isEqualTo(200);
    }

    for (String algorithm : List.of("RSA", "EC")) {
      Pem other = Pem.signedBy(root, "edge", algorithm);
      write(other.certificateText(), other.traditionalKeyText());
      try (EdgeFixture fixture = fixture(settings(Optional.empty(), Optional.empty()))) {
        assertThat(deliver(fixture)).isEqualTo(200);
      }
    }
  }

  @Test
  void servesANewCertificateWithoutDroppingConnections() throws Exception {
    Pem first = Pem.signedBy(root, "first", "EC");
    write(first.certificateText(), first.keyText());
    try (EdgeFixture fixture = fixture(settings(Optional.empty(), Optional.empty()));
        SSLSocket open = connect(fixture.port(), "TLSv1.3", Optional.empty())) {
      assertThat(ask(open, LIVE)).startsWith("HTTP/1.1 200");

      Pem second = Pem.signedBy(root, "second", "RSA");
      write(second.certificateText(), second.keyText());

      await().untilAsserted(() -> assertThat(served(fixture)).isEqualTo("CN=second"));
      assertThat(ask(open, LIVE)).startsWith("HTTP/1.1 200");
      await()
          .untilAsserted(
              () ->
                  assertThat(fixture.registry.scrape())
                      .contains("millrace_edge_tls_reloads_total{result=\"done\"} 1.0"));
    }
  }

  @Test
  void keepsTheOldCertificateIfTheNewOneIsWrong() throws Exception {
    Pem first = Pem.signedBy(root, "first", "EC");
    write(first.certificateText(), first.keyText());
    try (EdgeFixture fixture = fixture(settings(Optional.empty(), Optional.empty()))) {
      Files.writeString(file("tls.key"), Pem.signedBy(root, "other", "EC").keyText());
      await()
          .untilAsserted(
              () ->
                  assertThat(fixture.registry.scrape())
                      .contains("millrace_edge_tls_reloads_total{result=\"failed\"} 1.0"));
      assertThat(served(fixture)).isEqualTo("CN=first");

      Pem second = Pem.signedBy(root, "second", "EC");
      write(second.certificateText(), second.keyText());

      await().untilAsserted(() -> assertThat(served(fixture)).isEqualTo("CN=second"));
    }
  }

  @Test
  void asksEverySenderForACertificateIfToldTo() throws Exception {
    Pem pem = Pem.signedBy(root, "edge", "EC");
    write(pem.certificateText(), pem.keyText());
    Files.writeString(file("ca.pem"), middle.certificateText());
    Optional<Path> authority = Optional.of(file("ca.pem"));

    try (EdgeFixture fixture = fixture(settings(Optional.empty(), authority))) {
      Pem known = Pem.signedBy(middle, "sender", "EC");
      try (SSLSocket socket = connect(fixture.port(), "TLSv1.3", Optional.of(known))) {
        assertThat(ask(socket, LIVE)).startsWith("HTTP/1.1 200");
      }
      for (Optional<Pem> stranger :
          List.of(Optional.<Pem>empty(), Optional.of(Pem.signedBy(root, "stranger", "EC")))) {
        assertThatThrownBy(() -> connect(fixture.port(), "TLSv1.2", stranger).close())
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void saysWhatIsWrongWithItsFiles() throws Exception {
    Pem pem = Pem.signedBy(root, "edge", "EC");
    Pem other = Pem.signedBy(root, "other", "EC");
    String certificate = pem.certificateText();

    assertRefused(certificate, other.keyText(), Optional.empty(), "does not belong to");
    assertRefused(
        certificate,
        Pem.signedBy(root, "edge", "RSA").keyText(),
        Optional.empty(),
        "does not belong");
    assertRefused(
        other.certificateText() + certificate,
        pem.keyText(),
        Optional.empty(),
        "own certificate first");
    assertRefused(
        certificate, pem.encryptedKeyText("a"), Optional.empty(), "set edge.tls.key.passphrase");
    assertRefused(
        certificate, pem.encryptedKeyText("a"), Optional.of("b"), "check edge.tls.key.passphrase");
    assertRefused("", pem.keyText(), Optional.empty(), "contains no certificate");
    assertRefused("rubbish", pem.keyText(), Optional.empty(), "contains no certificate");
    assertRefused(
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        pem.keyText(),
        Optional.empty(),
        "certificate that cannot be read");
    assertRefused(certificate, "", Optional.empty(), "contains no readable private key");
    assertRefused(certificate, certificate, Optional.empty(), "contains no readable private key");
    Files.delete(file("tls.crt"));
    assertThatThrownBy(() -> fixture(settings(Optional.empty(), Optional.empty())))
        .isInstanceOf(InvalidTlsException.class)
        .hasMessageContaining("the file " + file("tls.crt") + " does not exist");
  }

  @Test
  void startsWithAnExpiredCertificateBecauseSomeSendersDoNotMind() throws Exception {
    Pem pem = Pem.expired(root, "edge");
    write(pem.certificateText(), pem.keyText());

    try (EdgeFixture fixture = fixture(settings(Optional.empty(), Optional.empty()))) {
      assertThat(fixture.port()).isPositive();
    }
  }

  private void assertRefused(
      String certificate, String key, Optional<String> passphrase, String message)
      throws IOException {
    write(certificate, key);
    assertThatThrownBy(() -> fixture(settings(passphrase, Optional.empty())))
        .isInstanceOf(InvalidTlsException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(directory.toString());
  }

  private void write(String certificate, String key) throws IOException {
    Files.writeString(file("tls.crt"), certificate);
    Files.writeString(file("tls.key"), key);
  }

  private Path file(String name) {
    return directory.resolve(name);
  }

  private EdgeFixture fixture(Map<String, String> tls) throws IOException {
    Path sources = Files.createDirectories(directory.resolve("sources"));
    return new EdgeFixture(sources, EdgeFixture.settings(tls), SOURCES);
  }

  private Map<String, String> settings(Optional<String> passphrase, Optional<Path> clientCa) {
    return Map.of(
        "edge.tls.certificate", file("tls.crt").toString(),
        "edge.tls.key", file("tls.key").toString(),
        "edge.tls.key.passphrase", passphrase.orElse(""),
        "edge.tls.client.ca", clientCa.map(Path::toString).orElse(""),
        "edge.tls.reload.interval", "PT0.1S");
  }

  private static int deliver(EdgeFixture fixture) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(context(Optional.empty())).build()) {
      byte[] body = "{}".getBytes(UTF_8);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + fixture.port() + "/in/forms"))
              .header("X-Webhook-Signature", "sha256=" + EdgeFixture.hmac(body))
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private static String exchange(int port) {
    try {
      return RawHttp.exchange(port, LIVE);
    } catch (IOException cut) {
      return "";
    }
  }

  private static String served(EdgeFixture fixture) throws Exception {
    try (SSLSocket socket = connect(fixture.port(), "TLSv1.3", Optional.empty())) {
      X509Certificate own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return own.getSubjectX500Principal().getName();
    }
  }

  private static SSLSocket connect(int port, String protocol, Optional<Pem> own) throws Exception {
    SSLSocket socket = (SSLSocket) context(own).getSocketFactory().createSocket("127.0.0.1", port);
    socket.setSoTimeout(10_000);
    socket.setEnabledProtocols(new String[] {protocol});
    try {
      socket.startHandshake();
      return socket;
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
  }

  // The socket is its owner's to close.
  @SuppressWarnings("resource")
  private static String ask(SSLSocket socket, String request) throws IOException {
    RawHttp http = new RawHttp(socket);
    http.send(request);
    return http.readAnswer();
  }

  private static SSLContext context(Optional<Pem> own) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyManager[] keys =
        own.map(
                pem ->
                    new KeyManager[] {
                      KeyManagerUtils.createKeyManager(
                          pem.key(), new X509Certificate[] {pem.certificate()})
                    })
            .orElseGet(() -> new KeyManager[0]);
    TrustManager[] trust = {TrustManagerUtils.createTrustManager(List.of(root.certificate()))};
    context.init(keys, trust, null);
    return context;
  }
}
