package io.millrace.normalize.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The quick judgement of usual addresses takes none that the library refuses. */
final class EmailAddressesTest {
  private static final List<String> PIECES =
      List.of(
          "ada",
          "A",
          "9",
          "x".repeat(30),
          "x".repeat(63),
          "-",
          "_",
          "+",
          ".",
          ".",
          "@",
          "@",
          "com",
          "c",
          "example",
          "xn--",
          "XN--80ak",
          "de",
          "1",
          "\u00e4",
          " ",
          "'",
          "localhost");

  @Test
  void takesUsualAddresses() {
    assertThat(List.of("ada@example.com", "a.b+c_d-e@x-1.example.co", "A@B.CD", "1@2.de"))
        .allSatisfy(text -> assertThat(EmailAddresses.isUsual(text)).isTrue());
  }

  @Test
  void leavesOthersToTheLibrary() {
    List<String> others =
        List.of(
            "",
            "@",
            "ada",
            "ada@",
            "@example.com",
            "ada@example",
            "ada@example.c",
            "a..b@x.com",
            ".a@x.com",
            "a.@x.com",
            "a@.com",
            "a@x..com",
            "a@x.com.",
            "a@-x.com",
            "a@x-.com",
            "a@x.c0m",
            "a@xn--a.com",
            "a@x.xn--p1ai",
            "a@b@c.com",
            "a b@x.com",
            "x".repeat(65) + "@x.com",
            "a@" + "x".repeat(64) + ".com");
    assertThat(others).allSatisfy(text -> assertThat(EmailAddresses.isUsual(text)).isFalse());
  }

  @Test
  void takesNoneTheLibraryRefuses() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int usual = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int piece = 2 + random.nextInt(8); piece > 0; piece--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      if (EmailAddresses.isUsual(text.toString())) {
        usual++;
        assertThat(EmailAddresses.isValid(text.toString())).as("seed %d: %s", seed, text).isTrue();
      }
    }
    assertThat(usual).as("usual ones among the random ones, seed %d", seed).isPositive();
  }
}
