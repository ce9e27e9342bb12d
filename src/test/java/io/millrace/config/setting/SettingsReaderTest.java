package io.millrace.config.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A setting of each kind is one annotated component of a record, and nothing else. */
class SettingsReaderTest {
  /** One of each kind. */
  record Kinds(
      @Key("a.text") @Default("anything") @Says("A text.") String text,
      @Key("a.name") @Default("x") @MustBe(value = "a name", matching = "\\w+") @Says("A name.")
          String name,
      @Key("a.word") @Default("one") @OneOf("one,two") @Says("A word.") String word,
      @Key("some.words") @Default("one,two") @OneOf("one,two") @Says("Words.") Set<String> words,
      @Key("a.constant") @Default("two-words") @Says("A constant.") Constant constant,
      @Key("a.number") @Default("2") @Range(from = "1", to = "3") @Says("A number.") int number,
      @Key("a.time") @Default("PT2S") @Range(from = "PT1S", to = "PT1M") @Says("A time.")
          Duration time,
      @Key("a.size") @Default("2 kB") @Size(from = "1 kB", to = "1 MB") @Says("A size.") int size,
      @Key("a.large.size") @Default("3 GB") @Size(from = "1 MB", to = "4 GB") @Says("A large size.")
          long largeSize,
      @Key("a.flag") @Default("true") @Says("A flag.") boolean flag,
      @Key("a.path") @Default("{home}/x") @Says("A path.") Path path,
      @Key("a.url") @Default("http://127.0.0.1:8080") @Says("A URL.") URI url,
      @Key("a.day") @Default("2026-03-01") @MustBe("a day") @Says("A type that parses.") Day day,
      @Key("some.days") @Default("") @MustBe("days") @Says("Several.") List<Day> days,
      @Key("a.choice") @Says("Nothing, unless set.") Optional<Path> choice,
      Bounds bounds,
      Optional<Pair> pair,
      @Below("passed.on.") Map<String, String> passedOn) {}

  enum Constant {
    ONE,
    TWO_WORDS
  }

  /** A type that parses itself. */
  public record Day(LocalDate date) {
    /** Reads one. */
    public static Day parse(String text) {
      return new Day(LocalDate.parse(text));
    }
  }

  /** Values that are allowed each by itself, but not together. */
  record Bounds(
      @Key("bounds.low") @Default("1") @Range(from = "0", to = "9") @Says("The lower.") int low,
      @Key("bounds.high") @Default("2") @Range(from = "0", to = "9") @Says("The upper.") int high) {
    Bounds {
      if (low > high) {
        throw new IllegalArgumentException("bounds.low must not be above bounds.high");
      }
    }
  }

  /** There or not there as a whole. */
  record Pair(
      @Key("pair.left") @Says("The left.") Path left,
      @Key("pair.right") @Says("The right.") Path right,
      @Key("pair.note") @Says("What goes with them.") Optional<String> note,
      @Key("pair.weight") @Default("1") @Range(from = "1", to = "2") @Says("What they weigh.")
          int weight) {}

  @Test
  void makesARecordOfItsDefaults() {
    assertThat(Settings.defaults(Kinds.class))
        .isEqualTo(
            new Kinds(
                "anything",
                "x",
                "one",
                Set.of("one", "two"),
                Constant.TWO_WORDS,
                2,
                Duration.ofSeconds(2),
                2048,
                3L << 30,
                true,
                Path.of("{home}/x"),
                URI.create("http://127.0.0.1:8080"),
                Day.parse("2026-03-01"),
                List.of(),
                Optional.empty(),
                new Bounds(1, 2),
                Optional.empty(),
                Map.of()));
  }

  @Test
  void readsWhatIsSet() {
    Kinds kinds =
        Settings.read(
            Kinds.class,
            Map.of(
                "a.constant", "one",
                "a.size", "512 kB",
                "a.large.size", "1024 MB",
                "a.choice", "there",
                "some.days", "1999-01-01, 2000-01-01",
                "pair.left", "l",
                "pair.right", "r",
                "passed.on.as.it.is", "x"));

    assertThat(kinds.constant()).isEqualTo(Constant.ONE);
    assertThat(kinds.size()).isEqualTo(512 * 1024);
    assertThat(kinds.largeSize()).isEqualTo(1L << 30);
    assertThat(kinds.choice()).contains(Path.of("there"));
    assertThat(kinds.days()).containsExactly(Day.parse("1999-01-01"), Day.parse("2000-01-01"));
    assertThat(kinds.pair()).contains(new Pair(Path.of("l"), Path.of("r"), Optional.empty(), 1));
    assertThat(kinds.passedOn()).isEqualTo(Map.of("as.it.is", "x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.name|a b|a name",
        "a.word|three|one of one, two",
        "some.words|one,three|one or more of one, two, separated by commas",
        "a.constant|TWO_WORDS|one of one, two-words",
        "a.number|4|a number from 1 to 3",
        "a.number|two|a number from 1 to 3",
        "a.time|2s|a duration from PT1S to PT1M",
        "a.time|PT0.9S|a duration from PT1S to PT1M",
        "a.size|2 MB|a size from 1 kB to 1 MB, such as 512 kB",
        "a.size|9 GB|a size from 1 kB to 1 MB, such as 512 kB",
        "a.large.size|5 GB|a size from 1 MB to 4 GB, such as 2 GB",
        "a.flag|yes|true or false",
        "a.path|''|a path",
        "a.url|ftp://x|an http or https URL",
        "a.url|plain|an http or https URL",
        "a.day|someday|a day",
        "some.days|1999-01-01,,2000-01-01|days, several separated by commas",
      })
  void saysWhatAValueMustBe(String key, String value, String allowed) {
    assertThatThrownBy(() -> Settings.read(Kinds.class, Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("%s = %s (from code) must be %s", key, value, allowed);
  }

  @Test
  void reportsEveryFaultAtOnce() {
    assertThatThrownBy(
            () ->
                Settings.read(
                    Kinds.class,
                    Map.of(
                        "a.nmae", "secret",
                        "a.number", "9",
                        "bounds.low", "5",
                        "pair.note", "hello",
                        "pair.right", "r")))
        .hasMessage(
            """
            a.nmae is not a setting
            a.number = 9 (from code) must be a number from 1 to 3
            bounds.low must not be above bounds.high
            pair.left and pair.right belong together: set both, or neither
            pair.note need pair.left and pair.right\
            """);
  }

  @Test
  void listsTheSettingsOfEveryRecordWithin() {
    assertThat(Settings.of(Kinds.class))
        .hasSize(15 + 2 + 4)
        .extracting(Setting::key)
        .contains("a.choice", "bounds.high", "pair.weight")
        .doesNotHaveDuplicates();
    assertThat(Settings.prefixes(Kinds.class)).containsExactly("passed.on.");
  }

  @Test
  void oneComponentIsAllASettingTakes() {
    record Before(@Key("some.port") @Default("8080") @Says("Where.") int port) {}
    record After(
        @Key("some.port") @Default("8080") @Range(from = "0", to = "65535") @Says("Where.")
            int port,
        @Key("some.host") @Default("localhost") @Says("On what machine.") String host) {}

    assertThat(Settings.of(After.class)).hasSize(2);
    assertThat(Settings.read(After.class, Map.of("some.host", "db")).host()).isEqualTo("db");
    assertThatThrownBy(() -> Settings.defaults(Before.class))
        .hasMessageContaining("a setting cannot be of type int");
  }
}
