package io.millrace.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.normalize.mapping.Json;
import io.millrace.normalize.mapping.RefusedException;
import io.millrace.testing.SmallHeap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonReaderTest {

  @Test
  void knowsTheBytesOfEveryValue() throws RefusedException {
    List<String> elements =
        List.of(
            "{\"a\":\"ä\\\"]\" , \"b\":[ [1],{} ]}",
            "\"ü\\\\\"",
            "-1.50e+3",
            "true",
            "null",
            "[]",
            "{ }",
            "0",
            "\"" + "long ".repeat(20_000) + "\"",
            "[[1,2],[{\"x\":[3]}]]");
    String json = " \r\n[" + String.join(" ,\n", elements) + "\t]\r\n";
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

    Json.Items list = (Json.Items) JsonReader.read(bytes);

    List<String> slices = new ArrayList<>();
    for (Json element : list.elements()) {
      Json.Span span = element.span();
      slices.add(
          new String(bytes, span.start(), span.end() - span.start(), StandardCharsets.UTF_8));
    }
    assertThat(slices).isEqualTo(elements);
  }

  @Test
  void lastOfSeveralMembersWithOneNameCounts() throws RefusedException {
    Json json = JsonReader.read("{\"a\":1,\"a\":2}".getBytes(StandardCharsets.UTF_8));

    assertThat(json.text()).isEqualTo("{\"a\":2}");
  }

  @Test
  void keepsNoNamesOfSenders() throws Exception {
    assertThat(SmallHeap.run("48m", UniqueNames.class))
        .satisfies(ended -> assertThat(ended.exitCode()).as(ended.said()).isZero());
  }
}
