package io.millrace.edge.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UrlCredentialsTest {
  @ParameterizedTest
  @CsvSource({
    "/in/a?token=x, /in/a?token=***",
    "/in/a?b=1&API_Key=x%26y&c=2, /in/a?b=1&API_Key=***&c=2",
    "/in/a?my-secret-2=x?y=z, /in/a?my-secret-2=***",
    "/in/a?next=/b?access_token=x&d, /in/a?next=/b?access_token=***&d",
    "/in/a?%74oken=x, /in/a?%74oken=***",
    "/in/a?api%5Fkey=x#end, /in/a?api%5Fkey=***#end",
    "/in/a?password, /in/a?password",
    "/in/token=x?b=token, /in/token=x?b=token",
    "/in/a?, /in/a?",
    "/in/a, /in/a"
  })
  void masksValuesNamedAsCredentials(String url, String shown) {
    assertThat(UrlCredentials.mask(url)).isEqualTo(shown);
  }

  /** A pattern that looks for the name took time by the third power of the length: hours here. */
  @ParameterizedTest
  @ValueSource(strings = {"?token", "&token", "=token", "?", "=", "%", "api", "?api_key?"})
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void isNotSlowedDownByAStrangersUrl(String piece) {
    assertThat(UrlCredentials.mask("/in/nope?" + piece.repeat(200_000))).startsWith("/in/nope?");
  }

  @Test
  void masksEveryParameterOfThatName() {
    assertThat(UrlCredentials.mask("/?token=a&x=b&token=c")).isEqualTo("/?token=***&x=b&token=***");
  }
}
