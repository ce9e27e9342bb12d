package io.millrace.edge.admit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeAddressTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "192.0.2.1:5678, 192.0.2.1",
    "[2001:db8::1]:443, 2001:db8::1",
    "[2001:db8::1], 2001:db8::1",
    "2001:0DB8:0::1, 2001:db8::1",
    "::ffff:192.0.2.1, 192.0.2.1",
    "[::ffff:192.0.2.1]:80, 192.0.2.1",
    "[2001:db8::1]:_gazonk, 2001:db8::1"
  })
  void readsAddressesAsProxiesWriteThem(String text, String address) {
    assertThat(NodeAddress.parse(text)).contains(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "unknown",
        "_hidden",
        "localhost",
        "192.0.2.1:",
        "192.0.2.1:x",
        "192.0.2.1:123456",
        "[192.0.2.1]",
        "[2001:db8::1",
        "2001:db8::1]",
        "[2001:db8::1]443",
        "192.0.2.0/24",
        "192.0.2.1, 192.0.2.2",
        "\"192.0.2.1\"",
        "fe80::1%eth0",
        "*",
        "1"
      })
  void takesNothingElseForOne(String text) {
    assertThat(NodeAddress.parse(text)).isEmpty();
  }

  @Test
  void readsTheAddressOfAConnection() {
    assertThat(NodeAddress.ofConnection("[0:0:0:0:0:0:0:1%lo]")).isEqualTo("::1");
    assertThat(NodeAddress.ofConnection("0:0:0:0:0:ffff:c000:201")).isEqualTo("192.0.2.1");
    assertThat(NodeAddress.ofConnection("127.0.0.1")).isEqualTo("127.0.0.1");
  }
}
