package io.millrace.normalize.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.normalize.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExpressionTest {
  private static final String ELEMENT =
      """
      {"a":{"b":1.0,"c":"","d":null},"list":[{"type":"email","email":"x@y.example"},{"type":"phone","n":7}],
       "event-data":{"id":"m"},"flag":false}
      """;

  @Test
  void readsPathsHeadersDataAndConstants() throws RefusedException {
    assertThat(text("a.b")).contains("1.0");
    assertThat(text("list[1].n")).contains("7");
    assertThat(text("list[type=email].email")).contains("x@y.example");
    assertThat(text("event-data.id")).contains("m");
    assertThat(text("flag")).contains("false");
    assertThat(text("h:X-Topic")).contains("orders/create");
    assertThat(text("d:{noun}_id")).contains("L-1");
    assertThat(text("b:meta")).contains("outer");
    assertThat(text("@index+@noun")).contains("4:lead");
    assertThat(text("'a+b|c'")).contains("a+b|c");
  }

  @Test
  void takesTheFirstAlternativeThatIsThere() throws RefusedException {
    assertThat(text("missing|a.c|a.d|a.b")).contains("1.0");
    assertThat(text("a|list|a.b")).contains("1.0");
    assertThat(text("missing")).isEmpty();
  }

  @Test
  void joinsPartsOnlyIfAllAreThere() throws RefusedException {
    assertThat(text("a.b+event-data.id")).contains("1.0:m");
    assertThat(text("a.b+missing")).isEmpty();
    assertThat(text("a.b+missing?")).contains("1.0");
    assertThat(text("a.b+missing?+flag")).contains("1.0::false");
    assertThat(text("missing?")).isEmpty();
  }

  @Test
  void alternativesAreWholeAndBracketsMakeThemPartsOfAJoin() throws RefusedException {
    assertThat(text("h:X-Topic|a.b+event-data.id")).contains("orders/create");
    assertThat(text("missing|a.b+event-data.id")).contains("1.0:m");
    assertThat(text("a.b+missing|flag")).contains("false");
    assertThat(text("a.b+(missing|flag)")).contains("1.0:false");
    assertThat(text("(missing|a.b)+(flag|missing)+missing?")).contains("1.0:false");
    assertThat(text("(a.b+missing|flag)+event-data.id")).contains("false:m");
    assertThat(text("flag+(missing|a.x)?")).contains("false");
    assertThat(text("(missing|(a.x|a.b))")).contains("1.0");
  }

  @Test
  void bracketsInsideANameAreItsOwn() throws RefusedException {
    Scope scope =
        Scope.of(
            json("{}"),
            json("{\"Budget (EUR)\":7,\"list\":[{\"k\":\"a|b+c)\",\"v\":8}]}"),
            0,
            Map.of());

    assertThat(Expression.parse("(missing|Budget (EUR))+'x'").text(scope)).contains("7:x");
    assertThat(Expression.parse("(list[k=a|b+c)].v|x)").text(scope)).contains("8");
  }

  @Test
  void namesEveryLocation() throws RefusedException {
    assertThat(Expression.parse("h:X-Topic|type+(d:{noun}_id|b:x)+'y'?").inWords(scope()))
        .isEqualTo("the header X-Topic or type+(data.lead_id or b:x)+'y'");
  }

  @Test
  void tellsNullFromNothing() throws RefusedException {
    assertThat(value("a.d")).get().isInstanceOf(Json.Null.class);
    assertThat(value("a.x")).isEmpty();
    assertThat(value("a.d|a.b").map(Json::text)).contains("1.0");
  }

  @Test
  void refusesWhatIsNoExpression() {
    for (String wrong :
        List.of(
            "", "a+", "a||b", "a..b", "a[", "list[x]", "b:", "(a", "a)", "()", "(a)b", "a+(b|)",
            "|a")) {
      assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> Expression.parse(wrong));
    }
  }

  private static Optional<String> text(String expression) throws RefusedException {
    return Expression.parse(expression).text(scope());
  }

  private static Optional<Json> value(String expression) throws RefusedException {
    return Expression.parse(expression).value(scope());
  }

  private static Scope scope() throws RefusedException {
    return Scope.of(
            json("{\"meta\":\"outer\"}"),
            json(ELEMENT),
            4,
            Map.of("x-topic", List.of("orders/create")))
        .withNoun("lead")
        .withData(Map.of("lead_id", Json.Text.of("L-1")));
  }

  private static Json json(String text) throws RefusedException {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
