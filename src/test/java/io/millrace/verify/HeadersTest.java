package io.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadersTest {
  @Test
  void findsAHeaderInAnyCase() {
    var headers = Headers.of(Map.of("X-Id", List.of("a", "b")));

    assertThat(headers.all("x-ID")).containsExactly("a", "b");
    assertThat(headers.first("X-ID")).contains("a");
    assertThat(headers.asMap()).containsOnlyKeys("x-id");
    assertThat(headers.all("none")).isEmpty();
  }

  @Test
  void dropsSpacesAroundAValueButNoOtherCharacter() {
    var headers = Headers.of(Map.of("a", List.of(" \tx y "), "b", List.of("x\u001d")));

    assertThat(headers.first("a")).contains("x y");
    assertThat(headers.first("b")).contains("x\u001d");
  }

  @Test
  void refusesToChooseBetweenDifferentValues() {
    var headers =
        Headers.of(Map.of("a", List.of("1", "2"), "b", List.of("1", "1"), "c", List.of("")));

    assertThatThrownBy(() -> headers.only("a")).isInstanceOf(Refusal.class);
    assertThat(headers.only("b")).contains("1");
    assertThat(headers.only("c")).isEmpty();
  }
}
