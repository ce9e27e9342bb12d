package io.millrace.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.normalize.Normalized;
import io.millrace.normalize.Normalizer;
import io.millrace.normalize.testing.TestIds;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No number of any sender is read as one: it arrives as it was written. */
class NumbersTest {
  private static final String NO_PART_OF_A_NUMBER = "[^0-9A-Za-z.+-]+";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740993",
        "123456789012345678901234567890",
        "1e400",
        "0.10",
        "-0",
        "1E5"
      })
  void arriveAsTheyWereSent(String number) {
    Set<String> arrived = new TreeSet<>();
    Set<String> json = new TreeSet<>();
    for (var target : Target.all()) {
      var sent = target.genuine().getFirst();
      var usual = words(target, sent.body());
      for (var body : Numbers.everywhere(sent.body(), number)) {
        json.add(target.toString());
        var words = words(target, body);
        if (words.contains(number)) {
          arrived.add(target.toString());
        }
        words.removeAll(usual);
        assertThat(words)
            .as("%s: %s", target, new String(body, StandardCharsets.UTF_8))
            .doesNotContainAnyElementsOf(spoiled(number));
      }
    }

    json.removeAll(arrived);
    assertThat(arrived).hasSizeGreaterThan(60);
    assertThat(json).as("senders whose numbers do not arrive").isEmpty();
  }

  /** What comes out where a number was read as one. */
  private static List<String> spoiled(String number) {
    var exact = new BigDecimal(number);
    var near = Double.parseDouble(number);
    return List.of(
            Double.toString(near),
            Float.toString((float) near),
            Long.toString((long) near),
            exact.toString(),
            exact.toPlainString(),
            exact.stripTrailingZeros().toString(),
            exact.stripTrailingZeros().toPlainString())
        .stream()
        .filter(text -> !text.equals(number) && text.length() > 1)
        .toList();
  }

  /** All words of all the texts of the events that a body becomes. */
  private static Set<String> words(Target target, byte[] body) {
    var request = Draft.of(target.genuine().getFirst().withBody(body)).request();
    return Normalizer.normalize(
            target.source(), TestIds.rules(), HostileBodies.delivery(request), 0, 0)
        .stream()
        .filter(Normalized.Event.class::isInstance)
        .map(part -> ((Normalized.Event) part).event())
        .flatMap(event -> texts(event).stream())
        .flatMap(text -> Arrays.stream(text.split(NO_PART_OF_A_NUMBER, -1)))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static List<String> texts(Event event) {
    List<String> texts = new ArrayList<>(event.getData().values());
    texts.addAll(event.getPrevious().values());
    texts.addAll(event.getMetadata().getTags());
    texts.removeIf(text -> text == null);
    texts.add(event.getEventId());
    texts.add(event.getSchemaVersion());
    texts.add(event.getRecord().getId());
    event.getPerson().ifPresent(person -> texts.add(person.toString()));
    event.getAccount().ifPresent(account -> texts.add(account.toString()));
    event.getMetadata().getCorrelationId().ifPresent(texts::add);
    return texts;
  }
}
