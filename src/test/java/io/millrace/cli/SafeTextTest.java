package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SafeTextTest {
  /** Controls of both kinds, what reorders or hides text, breaks of lines, and halves of pairs. */
  private static final Pattern HARMFUL =
      Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}[\\p{Cf}&&[^\\u200c\\u200d]]&&[^\\n\\t]]");

  @Test
  void leavesNoCharacterThatATerminalInterprets() {
    for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
      String text = "a" + Character.toString(character) + "b";

      assertThat(HARMFUL.matcher(SafeText.lines(text)).find()).as("U+%X", character).isFalse();
      assertThat(SafeText.line(text)).as("U+%X", character).doesNotContain("\n", "\t", "\r");
    }
  }

  @Test
  void leavesEverythingElse() {
    String text = "Zoë 東京 👩‍💻 {\"a\": \"\\u001b\"}\tb\r\nc\n";

    assertThat(SafeText.lines(text)).isEqualTo(text);
    assertThat(SafeText.lines("\u001b]0;title\u0007\u009b2J\u202eabc\rx"))
        .isEqualTo("\\u001b]0;title\\u0007\\u009b2J\\u202eabc\\u000dx");
  }

  @Test
  void keepsJsonTheSame() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    JsonMapper json = new JsonMapper();
    for (int round = 0; round < 500; round++) {
      String text =
          IntStream.range(0, 20)
              .map(index -> random.nextInt(3) == 0 ? random.nextInt(0xd800) : random.nextInt(256))
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      String written = json.createObjectNode().put(text, text).toPrettyString();

      assertThat(json.readTree(SafeText.lines(written)).get(text).asText())
          .as("seed %d, round %d", seed, round)
          .isEqualTo(text);
    }
  }

  @Test
  void appliesToEverythingThatIsPrinted() {
    StringWriter target = new StringWriter();
    PrintWriter out = SafeText.writer(target);

    out.println("\u001b[2J");
    out.print('\u001b');
    out.printf("%s\u0007%n", "\u009b".repeat(5000));
    out.append("\u202e").write("\u001b".toCharArray());

    assertThat(HARMFUL.matcher(target.toString()).find()).isFalse();
    assertThat(target.toString()).startsWith("\\u001b[2J").contains("\\u009b", "\\u0007");
  }

  @Test
  void tablesKeepOneLineForEachRow() {
    StringWriter target = new StringWriter();
    Table table = new Table();
    table.row("explanation", "wrong\nassurance    BODY_SIGNED");
    table.print(new PrintWriter(target, true));

    assertThat(target.toString().lines()).hasSize(1);
  }
}
