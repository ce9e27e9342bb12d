package io.millrace.normalize.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each kind by a table of values that were written by hand, in {@code fields/KIND.txt}. */
class FieldFormatTest {
  private static final Path FOLDER = Path.of("src/test/resources/fields");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-f]{4}|t|n)");
  private static final String BAD = "bad";
  private static final List<String> WORDS = List.of("NEW", "In progress");

  /** One line of a table. */
  private record Line(FieldFormat format, String sent, String expected) {}

  @TestFactory
  List<DynamicTest> everyKindWritesItsTable() {
    return List.of(FieldKind.values()).stream()
        .map(kind -> DynamicTest.dynamicTest(kind.word(), () -> writesItsTable(kind)))
        .toList();
  }

  private static void writesItsTable(FieldKind kind) throws IOException {
    var found = new ArrayList<String>();
    var expected = new ArrayList<String>();
    for (var line : lines(kind)) {
      found.add(line.sent() + " -> " + written(line.format().check(line.sent())));
      expected.add(line.sent() + " -> " + line.expected());
    }
    assertThat(found).isNotEmpty().isEqualTo(expected);
  }

  @TestFactory
  List<DynamicTest> whatIsWrittenIsWrittenTheSameAgain() {
    return List.of(FieldKind.values()).stream()
        .map(kind -> DynamicTest.dynamicTest(kind.word(), () -> isStable(kind)))
        .toList();
  }

  /** Values of the table with letters and blanks of other values put in, left out and repeated. */
  private static void isStable(FieldKind kind) throws IOException {
    var seed = Long.getLong("seed", new Random().nextLong(1_000_000));
    var random = new Random(seed);
    var lines = lines(kind);
    var good = 0;
    for (var run = 0; run < 5_000; run++) {
      var line = lines.get(random.nextInt(lines.size()));
      var sent = new StringBuilder(line.sent());
      for (var change = random.nextInt(3); change > 0; change--) {
        var other = lines.get(random.nextInt(lines.size())).sent();
        var at = random.nextInt(sent.length() + 1);
        switch (random.nextInt(3)) {
          case 0 -> sent.insert(at, other.charAt(random.nextInt(other.length())));
          case 1 -> sent.delete(at, Math.min(at + 1, sent.length()));
          default -> sent.insert(at, Character.toChars(random.nextInt(0x3100)));
        }
      }
      if (line.format().check(sent.toString()) instanceof Checked.Good first) {
        good++;
        assertThat(line.format().check(first.value()))
            .as("seed %d: %s", seed, sent)
            .isEqualTo(first);
      }
    }
    assertThat(good).as("seed %d", seed).isGreaterThan(100);
  }

  @Test
  void emptyValuesOfAnyKindButTextAreBlank() {
    for (var kind : FieldKind.values()) {
      for (var empty : List.of("", " ", "\t\n", "\u00a0", "\u200b", "\u202a \u202c")) {
        var found = format(kind, "--").check(empty);
        assertThat(found instanceof Checked.Blank)
            .as("%s of '%s' is %s", kind, empty, found)
            .isEqualTo(kind != FieldKind.TEXT);
      }
    }
  }

  @Test
  void leavesGoodValuesAloneWhereItShall() {
    var left =
        new FieldFormat(
            FieldKind.PHONE,
            false,
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty());

    assertThat(left.check(" +49 (30) 901820")).isEqualTo(new Checked.Good(" +49 (30) 901820"));
    assertThat(left.check(" ")).isEqualTo(new Checked.Good(" "));
    assertThat(left.check("12")).isInstanceOf(Checked.Bad.class);
  }

  @Test
  void countsCharactersAsPeopleDo() {
    var five = limited(FieldKind.TEXT, 5);

    assertThat(five.check("\ud83d\ude00".repeat(5))).isInstanceOf(Checked.Good.class);
    assertThat(five.check("  12345  ")).isEqualTo(new Checked.Good("12345"));
    assertThat(five.check("123456"))
        .isEqualTo(new Checked.Bad("has 6 characters; at most 5 are accepted"));
    assertThat(limited(FieldKind.EMAIL, 10).check("ada@example.com"))
        .isInstanceOf(Checked.Bad.class);
  }

  @Test
  void keepsNumbersWithinTheirLimits() {
    var percent =
        new FieldFormat(
            FieldKind.NUMBER,
            true,
            OptionalInt.empty(),
            Optional.of(BigDecimal.ZERO),
            Optional.of(new BigDecimal("100")),
            List.of(),
            Optional.empty());

    for (var good : List.of("0", "0.00", "-0", "100", "100.0", "1e2")) {
      assertThat(percent.check(good)).isEqualTo(new Checked.Good(good));
    }
    assertThat(percent.check("-0.01")).isEqualTo(new Checked.Bad("is less than 0"));
    assertThat(percent.check("100.01")).isEqualTo(new Checked.Bad("is more than 100"));
    assertThat(percent.check("1e99")).isEqualTo(new Checked.Bad("is more than 100"));
  }

  @Test
  void judgesEndlessValuesInNoTime() {
    var started = System.nanoTime();
    for (var kind : FieldKind.values()) {
      for (var part : List.of("a", "1", "+", "a.", "a@", "@a.", " ", "\u200b", "-1", "a-", "((")) {
        assertThat(format(kind, "DE").check(part.repeat(100_000 / part.length()) + "!"))
            .as("%s of many %s", kind, part)
            .isInstanceOfAny(kind == FieldKind.TEXT ? Checked.Good.class : Checked.Bad.class);
      }
    }
    assertThat(System.nanoTime() - started).isLessThan(5_000_000_000L);
  }

  @Test
  void takesTheLongestAddressThereIs() {
    var longest = "a".repeat(64) + "@" + ("b".repeat(60) + ".").repeat(3) + "com";

    assertThat(format(FieldKind.EMAIL, "--").check(longest)).isInstanceOf(Checked.Good.class);
    assertThat(format(FieldKind.EMAIL, "--").check("a" + longest)).isInstanceOf(Checked.Bad.class);
    assertThat(format(FieldKind.EMAIL, "--").check("a@" + "b".repeat(64) + ".com"))
        .isInstanceOf(Checked.Bad.class);
    assertThat(format(FieldKind.EMAIL, "--").check("a@" + "b.".repeat(126) + "com"))
        .isInstanceOf(Checked.Bad.class);
  }

  @Test
  void saysWhatIsWrongWithANumber() {
    assertThat(format(FieldKind.PHONE, "--").check("030 901820"))
        .isInstanceOfSatisfying(
            Checked.Bad.class,
            bad -> assertThat(bad.fault()).contains("no country code", "region: DE"));
    assertThat(format(FieldKind.PHONE, "--").check("+49 30 901820 ext. 12"))
        .isInstanceOfSatisfying(
            Checked.Bad.class, bad -> assertThat(bad.fault()).contains("extension"));
    assertThat(format(FieldKind.PHONE, "--").check("call +49 30 901820"))
        .isInstanceOfSatisfying(
            Checked.Bad.class, bad -> assertThat(bad.fault()).contains("letters"));
  }

  private static List<Line> lines(FieldKind kind) throws IOException {
    var lines = new ArrayList<Line>();
    for (var text : Files.readAllLines(FOLDER.resolve(kind.word() + ".txt"))) {
      if (!text.startsWith("#")) {
        var country = kind == FieldKind.PHONE ? text.substring(0, 2) : "--";
        var rest = kind == FieldKind.PHONE ? text.substring(3) : text;
        var arrow = rest.lastIndexOf(" -> ");
        lines.add(
            new Line(
                format(kind, country),
                unescaped(rest.substring(0, arrow)),
                unescaped(rest.substring(arrow + 4))));
      }
    }
    return lines;
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            match ->
                switch (match.group(1)) {
                  case "t" -> "\t";
                  case "n" -> "\n";
                  default ->
                      String.valueOf((char) Integer.parseInt(match.group(1).substring(1), 16));
                });
  }

  private static String written(Checked checked) {
    return switch (checked) {
      case Checked.Good good -> good.value();
      case Checked.Blank blank -> "blank";
      case Checked.Bad bad -> BAD;
    };
  }

  private static FieldFormat format(FieldKind kind, String country) {
    return new FieldFormat(
        kind,
        true,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        kind == FieldKind.ONE_OF ? WORDS : List.of(),
        country.equals("--") ? Optional.empty() : Optional.of(country));
  }

  private static FieldFormat limited(FieldKind kind, int maxLength) {
    return new FieldFormat(
        kind,
        true,
        OptionalInt.of(maxLength),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }
}
