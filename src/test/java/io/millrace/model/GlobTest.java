package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class GlobTest {

  @Test
  void starStandsForAnyText() {
    assertThat(Glob.of("*.created").matches("lead.created")).isTrue();
    assertThat(Glob.of("*.created").matches(".created")).isTrue();
    assertThat(Glob.of("*.created").matches("lead.created.")).isFalse();
    assertThat(Glob.of("a*a").matches("a")).isFalse();
    assertThat(Glob.of("a*b*c").matches("a-b-c")).isTrue();
    assertThat(Glob.of("*").matches("")).isTrue();
    assertThat(Glob.of("lead").matches("leads")).isFalse();
  }

  @Test
  void saysWhatARegularExpressionSays() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      String glob = letters("ab*", random);
      String text = letters("ab\n", random);
      String expression =
          Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
      assertThat(Glob.of(glob).matches(text))
          .as("seed %d: %s and %s", seed, glob, text)
          .isEqualTo(Pattern.compile(expression, Pattern.DOTALL).matcher(text).matches());
    }
  }

  private static String letters(String alphabet, Random random) {
    return random
        .ints(random.nextInt(8), 0, alphabet.length())
        .mapToObj(at -> String.valueOf(alphabet.charAt(at)))
        .collect(Collectors.joining());
  }
}
