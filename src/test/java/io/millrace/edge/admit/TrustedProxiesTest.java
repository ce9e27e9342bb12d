package io.millrace.edge.admit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.setting.Settings;
import io.millrace.edge.wire.ForwardingHeaders;
import io.millrace.edge.wire.ProxySettings;
import io.millrace.source.AddressRange;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustedProxiesTest {
  private static final String FOR = "X-Forwarded-For";
  private static final List<AddressRange> TRUSTED =
      Stream.of("10.0.0.0/8", "2001:db8:10::/48")
          .map(range -> AddressRange.parse(range).orElseThrow())
          .toList();

  @Test
  void believesNobodyUnlessTold() {
    var proxies = new TrustedProxies(Settings.defaults(ProxySettings.class));

    var client = proxies.find(peer("10.0.0.1"), lines(FOR, "192.0.2.1"));

    assertThat(client).isEqualTo(Client.direct("10.0.0.1"));
  }

  @Test
  void doesNotBelieveAPeerThatIsNoProxy() {
    assertThat(address("203.0.113.9", FOR, "192.0.2.1")).isEqualTo("203.0.113.9");
    assertThat(address("203.0.113.9", "Forwarded", "for=192.0.2.1")).isEqualTo("203.0.113.9");
  }

  @Test
  void takesTheAddressAProxyTells() {
    var client = find("10.0.0.1", FOR, "192.0.2.1");

    assertThat(client.address()).isEqualTo("192.0.2.1");
    assertThat(client.origin()).isEqualTo("the header X-Forwarded-For");
  }

  @Test
  void doesNotBelieveWhatTheSenderWroteBeforeAProxyDid() {
    assertThat(address("10.0.0.1", FOR, "192.0.2.1, 203.0.113.9")).isEqualTo("203.0.113.9");
    assertThat(address("10.0.0.1", FOR, "10.0.0.7, 203.0.113.9")).isEqualTo("203.0.113.9");
  }

  @Test
  void goesThroughAChainOfProxies() {
    assertThat(address("10.0.0.1", FOR, "192.0.2.1, 203.0.113.9, 10.0.0.3 , 2001:db8:10::2"))
        .isEqualTo("203.0.113.9");
  }

  @Test
  void joinsSeveralLinesInTheirOrder() {
    assertThat(address("10.0.0.1", FOR, "192.0.2.1", "203.0.113.9, 10.0.0.3", "10.0.0.2"))
        .isEqualTo("203.0.113.9");
  }

  @Test
  void readsPortsAndBrackets() {
    assertThat(address("10.0.0.1", FOR, "[2001:db8::1]:443, 10.0.0.2:8080"))
        .isEqualTo("2001:db8::1");
    assertThat(address("10.0.0.1", FOR, "1.2.3.4:5678")).isEqualTo("1.2.3.4");
    assertThat(address("10.0.0.1", FOR, "::ffff:1.2.3.4")).isEqualTo("1.2.3.4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "_secret", "localhost", "1.2.3", "999.1.1.1", "\"1.1.1.1\""})
  void stopsAtWhatIsNoAddress(String element) {
    assertThat(address("10.0.0.1", FOR, "192.0.2.1, " + element + ", 10.0.0.3"))
        .isEqualTo("10.0.0.3");
    assertThat(address("10.0.0.1", FOR, "192.0.2.1, " + element)).isEqualTo("10.0.0.1");
  }

  @Test
  void takesTheFarthestProxyIfThereIsNobodyElse() {
    assertThat(address("10.0.0.1", FOR, "10.0.0.4, 10.0.0.3")).isEqualTo("10.0.0.4");
    assertThat(address("10.0.0.1")).isEqualTo("10.0.0.1");
    assertThat(address("10.0.0.1", FOR, "", " , ")).isEqualTo("10.0.0.1");
  }

  @Test
  void doesNotReadAnOverlongChain() {
    var chain = "192.0.2.1, ".repeat(1000) + "203.0.113.9";

    assertThat(address("10.0.0.1", FOR, chain)).isEqualTo("10.0.0.1");
    assertThat(address("10.0.0.1", "Forwarded", "for=1.1.1.1, ".repeat(1000)))
        .isEqualTo("10.0.0.1");
  }

  @Test
  void readsForwardedToo() {
    var client =
        find(
            "10.0.0.1",
            "Forwarded",
            "for=192.0.2.1, for=\"[2001:db8::9]:1\";proto=https",
            "for=10.0.0.3");

    assertThat(client.address()).isEqualTo("2001:db8::9");
    assertThat(client.origin()).isEqualTo("the header Forwarded");
    assertThat(client.forwarded().scheme()).contains("https");
    assertThat(address("10.0.0.1", "Forwarded", "for=1.1.1.1, for=unknown")).isEqualTo("10.0.0.1");
    assertThat(address("10.0.0.1", "Forwarded", "for=1.1.1.1, by=10.0.0.1")).isEqualTo("10.0.0.1");
  }

  @Test
  void believesNeitherHeaderIfTheyDisagree() {
    var headers = lines(Map.of(FOR, List.of("203.0.113.9"), "Forwarded", List.of("for=192.0.2.1")));

    var client = proxies(ForwardingHeaders.EITHER).find(peer("10.0.0.1"), headers);

    assertThat(client.address()).isEqualTo("10.0.0.1");
    assertThat(client.origin()).contains("disagree", "edge.trusted.headers");
    assertThat(proxies(ForwardingHeaders.X_FORWARDED).find(peer("10.0.0.1"), headers).address())
        .isEqualTo("203.0.113.9");
    assertThat(proxies(ForwardingHeaders.FORWARDED).find(peer("10.0.0.1"), headers).address())
        .isEqualTo("192.0.2.1");
  }

  @Test
  void takesWhatTheOutermostProxySaysOfTheAddressCalled() {
    var headers =
        lines(
            Map.of(
                FOR,
                List.of("6.6.6.6, 203.0.113.9, 10.0.0.3"),
                "X-Forwarded-Proto",
                List.of("gopher, https, http"),
                "X-Forwarded-Host",
                List.of("evil.example, hooks.example.com, inner"),
                "X-Forwarded-Port",
                List.of("8443"),
                "X-Forwarded-Prefix",
                List.of("/hooks")));

    var told = proxies(ForwardingHeaders.EITHER).find(peer("10.0.0.1"), headers).forwarded();

    assertThat(told.scheme()).contains("https");
    assertThat(told.host()).contains("hooks.example.com");
    assertThat(told.port()).contains("8443");
    assertThat(told.prefix()).contains("/hooks");
  }

  @Test
  void believesThePeerOfTheProxyProtocolOnlyIfAProxySpeaksIt() {
    var proxies = proxies(ForwardingHeaders.EITHER);
    var none = lines(Map.of());

    assertThat(proxies.find(new Peer("10.0.0.1", Optional.of("203.0.113.9")), none))
        .isEqualTo(new Client("203.0.113.9", "the PROXY protocol", Client.Forwarded.nothing()));
    assertThat(proxies.find(new Peer("198.51.100.1", Optional.of("203.0.113.9")), none))
        .isEqualTo(Client.direct("198.51.100.1"));
    assertThat(
            proxies
                .find(new Peer("10.0.0.1", Optional.of("203.0.113.9")), lines(FOR, "192.0.2.1"))
                .address())
        .isEqualTo("203.0.113.9");
    assertThat(
            proxies
                .find(new Peer("10.0.0.1", Optional.of("10.0.0.2")), lines(FOR, "192.0.2.1"))
                .address())
        .isEqualTo("192.0.2.1");
  }

  private static String address(String peer) {
    return proxies(ForwardingHeaders.EITHER).find(peer(peer), lines(Map.of())).address();
  }

  private static String address(String peer, String header, String... values) {
    return find(peer, header, values).address();
  }

  private static Client find(String peer, String header, String... values) {
    return proxies(ForwardingHeaders.EITHER).find(peer(peer), lines(header, values));
  }

  private static Peer peer(String address) {
    return new Peer(address, Optional.empty());
  }

  private static TrustedProxies proxies(ForwardingHeaders headers) {
    return new TrustedProxies(new ProxySettings(TRUSTED, headers, false));
  }

  private static TrustedProxies.Lines lines(String header, String... values) {
    return lines(Map.of(header, Arrays.asList(values)));
  }

  private static TrustedProxies.Lines lines(Map<String, List<String>> headers) {
    return name -> headers.getOrDefault(name, List.of());
  }
}
