package io.millrace.edge.admit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples are those of RFC 7239, sections 4 and 7.1. */
final class ForwardedHeaderTest {

  @Test
  void readsParametersInAnyCaseAndOrder() {
    assertThat(read("For=\"[2001:db8:cafe::17]:4711\""))
        .containsExactly(Map.of("for", "[2001:db8:cafe::17]:4711"));
    assertThat(read("for=192.0.2.60;proto=http; by=203.0.113.43;HOST=\"a.example:80\""))
        .containsExactly(
            Map.of(
                "for",
                "192.0.2.60",
                "proto",
                "http",
                "by",
                "203.0.113.43",
                "host",
                "a.example:80"));
  }

  @Test
  void joinsLinesInTheirOrder() {
    assertThat(read("for=192.0.2.43, for=198.51.100.17", "", "for=unknown"))
        .extracting(element -> element.get("for"))
        .containsExactly("192.0.2.43", "198.51.100.17", "unknown");
  }

  @Test
  void seesCommasInsideQuotations() {
    assertThat(read("for=\"a, for=1.1.1.1\";by=\"\\\"x\", for=2.2.2.2"))
        .containsExactly(Map.of("for", "a, for=1.1.1.1", "by", "\"x"), Map.of("for", "2.2.2.2"));
  }

  @Test
  void passesOverEmptyElements() {
    assertThat(read(" , ,for=1.1.1.1;;proto=https;,")).hasSize(1);
  }

  @Test
  void leavesOutWhatCannotBeToldApart() {
    assertThat(read("for=9.9.9.9", "for=\"1.1.1.1, for=2.2.2.2", "for=3.3.3.3"))
        .containsExactly(Map.of(), Map.of("for", "3.3.3.3"));
    assertThat(read("for=1.1.1.1;for=2.2.2.2")).containsExactly(Map.of());
    assertThat(read("1.1.1.1")).containsExactly(Map.of());
    assertThat(read("for=1.1.1.1 for=2.2.2.2")).containsExactly(Map.of());
  }

  private static List<Map<String, String>> read(String... lines) {
    return ForwardedHeader.elements(List.of(lines));
  }
}
