package io.millrace.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JsonBodyTest {

  @Test
  void callsABodyWithAnImpossibleNumberUnreadable() {
    var body = "{\"id\": \"a\", \"n\": 1e999999999735}".getBytes(UTF_8);

    assertThatThrownBy(() -> JsonBody.value(body, "id")).isInstanceOf(Refusal.class);
    assertThat(JsonBody.object(body)).isEmpty();
  }

  @Test
  void readsBesideANumberNoDoubleHolds() {
    var body = "{\"id\": 12345678901234567890123, \"n\": 1e400}".getBytes(UTF_8);

    assertThat(JsonBody.value(body, "id")).contains("12345678901234567890123");
  }
}
