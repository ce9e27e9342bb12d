package io.millrace.edge.admit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AllowListTest {
  private final AllowList list =
      AllowList.of(List.of("192.0.2.0/25", "198.51.100.7", "2001:db8::/33"));

  @Test
  void allowsAnyAddressIfEmpty() {
    assertThat(AllowList.of(List.of()).allows("203.0.113.1")).isTrue();
  }

  @Test
  void allowsAddressesOfEveryRange() {
    assertThat(list.allows("192.0.2.127")).isTrue();
    assertThat(list.allows("198.51.100.7")).isTrue();
    assertThat(list.allows("2001:db8:7fff::1")).isTrue();
    assertThat(list.allows("::ffff:192.0.2.1")).isTrue();
  }

  @Test
  void allowsNoOther() {
    assertThat(list.allows("192.0.2.128")).isFalse();
    assertThat(list.allows("198.51.100.8")).isFalse();
    assertThat(list.allows("2001:db8:8000::1")).isFalse();
    assertThat(list.allows("not an address")).isFalse();
  }
}
