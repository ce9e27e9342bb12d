package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.testing.Pem;
import io.millrace.spool.testing.EdgeChild;
import io.millrace.testing.Packaged;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import nl.altindag.ssl.util.TrustManagerUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the product alone can do, without what tests bring along. */
final class PackagedEdgeIT {
  @TempDir private Path folder;

  /** The forms of a private key that the documents promise. */
  enum KeyForm {
    RSA_PKCS8("RSA"),
    RSA_PKCS1("RSA"),
    RSA_ENCRYPTED("RSA"),
    EC_PKCS8("EC"),
    EC_TRADITIONAL("EC");

    private final String algorithm;

    KeyForm(String algorithm) {
      this.algorithm = algorithm;
    }

    private String text(Pem pem) throws Exception {
      return switch (this) {
        case RSA_PKCS8, EC_PKCS8 -> pem.keyText();
        case RSA_PKCS1, EC_TRADITIONAL -> pem.traditionalKeyText();
        case RSA_ENCRYPTED -> pem.encryptedKeyText("open sesame");
      };
    }
  }

  @ParameterizedTest
  @EnumSource(KeyForm.class)
  void storesWhatArrivesOverTls(KeyForm form) throws Exception {
    Pem authority = Pem.authority("root");
    Pem pem = Pem.signedBy(authority, "edge", form.algorithm);
    Map<String, String> settings = new HashMap<>();
    settings.put("edge.tls.certificate", written("tls.crt", pem.certificateText()));
    settings.put("edge.tls.key", written("tls.key", form.text(pem)));
    if (form == KeyForm.RSA_ENCRYPTED) {
      settings.put("edge.tls.key.passphrase", "open sesame");
    }

    try (var edge = start(settings);
        var client = HttpClient.newBuilder().sslContext(trusting(authority)).build()) {
      assertThat(edge.address().getScheme()).isEqualTo("https");
      assertThat(deliver(edge, client).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void storesOnItsOwnDiskWithoutKafka() throws Exception {
    try (var edge = start(Map.of());
        var client = HttpClient.newHttpClient()) {
      assertThat(deliver(edge, client).statusCode()).isEqualTo(200);
    }
  }

  private EdgeChild start(Map<String, String> settings) throws Exception {
    return EdgeChild.start(
        folder, EdgeChild.Launch.usual().from(Packaged.JAR.toString()).with(settings));
  }

  private static HttpResponse<String> deliver(EdgeChild edge, HttpClient client) throws Exception {
    return client.send(
        HttpRequest.newBuilder(edge.address())
            .header("X-Webhook-Signature", "sha256=" + EdgeChild.signature("{}"))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String written(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static SSLContext trusting(Pem authority) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    List<X509Certificate> known = List.of(authority.certificate());
    context.init(null, new TrustManager[] {TrustManagerUtils.createTrustManager(known)}, null);
    return context;
  }
}
