package io.millrace.tidy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Words that sound translated and have a plain replacement; docs/glossary.md lists more. */
final class PlainEnglish {
  /** As the glossary lists each word, and every form of it. */
  static final Map<String, Pattern> AVOIDED =
      new TreeMap<>(
          Map.of(
              "anew", pattern("anew"),
              "befall", pattern("befall|befalls|befell|befallen"),
              "beside", pattern("beside"),
              "for ever", pattern("for ever"),
              "how-manieth", pattern("how-manieth"),
              "mend", pattern("mend|mends|mended|mending"),
              "nobody's business", pattern("nobody's business"),
              "stand still", pattern("(stand|stands|stood|standing) still"),
              "told apart", pattern("(tell|tells|told|telling) apart"),
              "whoever", pattern("whoever")));

  private PlainEnglish() {}

  /** Every avoided word in a text, a line each. */
  static List<String> faults(Path path, String text) {
    return AVOIDED.entrySet().stream()
        .flatMap(
            word ->
                word.getValue()
                    .matcher(text)
                    .results()
                    .map(found -> path + ":" + line(text, found) + " says " + word.getKey()))
        .sorted()
        .toList();
  }

  /** Words may be on two lines, and the second one may be a comment. */
  private static Pattern pattern(String words) {
    return Pattern.compile("(?i)(?<![\\w-])(" + words.replace(" ", "[\\s#]+") + ")(?![\\w-])");
  }

  private static long line(String text, MatchResult found) {
    return 1 + text.substring(0, found.start()).chars().filter(letter -> letter == '\n').count();
  }
}
