package io.millrace.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.edge.testing.EdgeFixture;
import io.millrace.edge.testing.RawHttp;
import io.millrace.event.Delivery;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTPS outside, HTTP inside: what senders sign is the address they were given. */
final class ProxiedRequestsTest {
  private static final Map<String, String> SOURCES =
      Map.of(
          "crm", "provider: hubspot\npublicUrl: as-received",
          "calls", "provider: twilio\npublicUrl: as-received",
          "pay", "provider: square\npublicUrl: as-received",
          "told", "provider: square\npublicUrl: https://told.example.com/hooks/pay",
          "fenced", "provider: generic-hmac\nallow: [192.0.2.0/24, \"2001:db8::/32\"]");

  @TempDir private Path directory;
  private EdgeFixture fixture;

  /**
   * How a request looks on both sides of a proxy.
   *
   * @param outside what comes before the path, as the sender sees it
   * @param headers what the proxy adds or sets
   */
  record Proxy(String outside, String headers) {}

  static List<Proxy> proxies() {
    return List.of(
        new Proxy(
            "https://hooks.example.com", "Host: hooks.example.com\r\nX-Forwarded-Proto: https"),
        new Proxy(
            "https://hooks.example.com",
            "Host: hooks.example.com\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Port: 443"),
        new Proxy(
            "https://hooks.example.com:8443",
            "Host: hooks.example.com\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Port: 8443"),
        new Proxy(
            "https://hooks.example.com:8443",
            "Host: hooks.example.com:8443\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Port: 8443"),
        new Proxy(
            "https://hooks.example.com/outer/hooks",
            "Host: inner:8080\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: hooks.example.com\r\n"
                + "X-Forwarded-Prefix: /outer/hooks/"),
        new Proxy(
            "https://hooks.example.com",
            "Host: inner:8080\r\nX-Forwarded-For: 203.0.113.9, 127.0.0.1\r\n"
                + "X-Forwarded-Proto: https, http\r\nX-Forwarded-Host: hooks.example.com, inner"),
        new Proxy(
            "https://hooks.example.com:8443",
            "Host: inner:8080\r\n"
                + "Forwarded: for=203.0.113.9;proto=https;host=\"hooks.example.com:8443\""),
        new Proxy(
            "http://inner:8080",
            "Host: inner:8080\r\nX-Forwarded-Proto: javascript\r\n"
                + "X-Forwarded-Host: a b\r\nX-Forwarded-Prefix: evil.example"));
  }

  @BeforeEach
  void start() {
    var network = EdgeFixture.settings(Map.of("edge.trusted.proxies", "127.0.0.1"));
    fixture = new EdgeFixture(directory, network, SOURCES);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @MethodSource("proxies")
  void verifiesHubspot(Proxy proxy) throws Exception {
    var time = Long.toString(EdgeFixture.NOW.toEpochMilli());
    // HubSpot signs these escapes decoded; the edge must see them as they came.
    var signed = "POST" + proxy.outside() + "/in/crm?q=a:b%20c" + "[]" + time;

    assertAccepted(
        proxy,
        "/in/crm?q=a%3Ab%20c",
        "X-HubSpot-Request-Timestamp: %s\r\nX-HubSpot-Signature-v3: %s"
            .formatted(time, mac("HmacSHA256", signed)),
        "[]");
  }

  @ParameterizedTest
  @MethodSource("proxies")
  void verifiesTwilio(Proxy proxy) throws Exception {
    var signed = proxy.outside() + "/in/calls/tok%2Den?a=%2f&b=" + "CallSidCA1" + "FromX";

    assertAccepted(
        proxy,
        "/in/calls/tok%2Den?a=%2f&b=",
        "Content-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: "
            + mac("HmacSHA1", signed),
        "From=X&CallSid=CA1");
  }

  @ParameterizedTest
  @MethodSource("proxies")
  void verifiesSquare(Proxy proxy) throws Exception {
    var signed = proxy.outside() + "/in/pay?x=%7e~" + "{}";

    assertAccepted(
        proxy,
        "/in/pay?x=%7e~",
        "X-Square-HmacSha256-Signature: " + mac("HmacSHA256", signed),
        "{}");
  }

  @ParameterizedTest
  @MethodSource("proxies")
  void letsTheConfiguredAddressWin(Proxy proxy) throws Exception {
    var signed = "https://told.example.com/hooks/pay/to%20ken?x=%7e" + "{}";

    assertAccepted(
        proxy,
        "/in/told/to%20ken?x=%7e",
        "X-Square-HmacSha256-Signature: " + mac("HmacSHA256", signed),
        "{}");
  }

  @Test
  void storesTheAddressOfTheSender() throws Exception {
    var answer =
        post(
            "/in/fenced",
            "Host: e\r\nX-Forwarded-For: 6.6.6.6, [2001:db8::7]:443",
            form("{}"),
            "{}");

    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(fixture.log.appended().getFirst().getRemoteAddress()).isEqualTo("2001:db8::7");
  }

  @Test
  void saysWhichAddressItSawAndWhereFrom() throws Exception {
    assertThat(
            post("/in/fenced", "Host: e\r\nX-Forwarded-For: 192.0.2.1, 6.6.6.6", form("{}"), "{}"))
        .startsWith("HTTP/1.1 403")
        .contains("ADDRESS_NOT_ALLOWED", "6.6.6.6", "the header X-Forwarded-For");
    assertThat(post("/in/fenced", "Host: e", form("{}"), "{}"))
        .startsWith("HTTP/1.1 403")
        .contains("127.0.0.1, taken from the connection", "edge.trusted.proxies");
    assertThat(
            post(
                "/in/fenced",
                "Host: e\r\nX-Forwarded-For: 6.6.6.6\r\nForwarded: for=192.0.2.1",
                form("{}"),
                "{}"))
        .startsWith("HTTP/1.1 403")
        .contains("disagree");
  }

  @Test
  void doesNotBelieveAStranger() throws Exception {
    fixture.close();
    fixture = new EdgeFixture(directory, EdgeFixture.PATIENT, SOURCES);
    var signed = "https://hooks.example.com/in/pay{}";
    var headers = "Host: edge\r\nX-Forwarded-For: 192.0.2.1\r\nForwarded: for=192.0.2.1";

    assertThat(
            post(
                "/in/pay",
                "Host: edge\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: hooks.example.com",
                "X-Square-HmacSha256-Signature: " + mac("HmacSHA256", signed),
                "{}"))
        .startsWith("HTTP/1.1 401");
    assertThat(post("/in/fenced", headers, form("{}"), "{}")).startsWith("HTTP/1.1 403");
  }

  @Test
  void readsTheProxyProtocol() throws Exception {
    speakTheProxyProtocolFrom("127.0.0.1");

    assertThat(introduced("PROXY TCP4 192.0.2.7 127.0.0.1 5555 80\r\n")).startsWith("HTTP/1.1 200");
    assertThat(introduced("PROXY TCP6 2001:db8::7 ::1 5555 80\r\n")).startsWith("HTTP/1.1 200");
    assertThat(introduced("PROXY TCP4 6.6.6.6 127.0.0.1 5555 80\r\n"))
        .startsWith("HTTP/1.1 403")
        .contains("6.6.6.6, taken from the PROXY protocol");
    assertThat(introduced("PROXY UNKNOWN\r\n")).doesNotContain("HTTP/1.1 200");
    assertThat(fixture.log.appended())
        .extracting(Delivery::getRemoteAddress)
        .containsExactly("192.0.2.7", "2001:db8::7");
  }

  @Test
  void doesNotBelieveTheProxyProtocolOfAStranger() throws Exception {
    speakTheProxyProtocolFrom("10.0.0.0/8");

    assertThat(introduced("PROXY TCP4 192.0.2.7 127.0.0.1 5555 80\r\n"))
        .startsWith("HTTP/1.1 403")
        .contains("127.0.0.1, taken from the connection");
  }

  private void speakTheProxyProtocolFrom(String proxies) {
    fixture.close();
    var settings =
        EdgeFixture.settings(
            Map.of("edge.trusted.proxies", proxies, "edge.proxy.protocol", "true"));
    fixture = new EdgeFixture(directory, settings, SOURCES);
  }

  private String introduced(String line) throws IOException {
    return RawHttp.exchange(
        fixture.port(),
        line
            + "POST /in/fenced HTTP/1.1\r\nHost: e\r\nConnection: close\r\n%s\r\n"
                .formatted(form("{}"))
            + "Content-Length: 2\r\n\r\n{}");
  }

  private void assertAccepted(Proxy proxy, String target, String signature, String body)
      throws IOException {
    var answer = post(target, proxy.headers(), signature, body);

    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(fixture.log.appended()).hasSize(1);
  }

  private String post(String target, String proxied, String signature, String body)
      throws IOException {
    return RawHttp.exchange(
        fixture.port(),
        "POST %s HTTP/1.1\r\n%s\r\n%s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(target, proxied, signature, body.length(), body));
  }

  private static String form(String body) {
    return "X-Webhook-Signature: sha256=" + EdgeFixture.hmac(body.getBytes(ISO_8859_1));
  }

  private static String mac(String algorithm, String signed) throws GeneralSecurityException {
    var mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(EdgeFixture.SECRET.getBytes(UTF_8), algorithm));
    return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
  }
}
