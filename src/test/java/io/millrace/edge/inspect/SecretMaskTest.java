package io.millrace.edge.inspect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretMaskTest {
  private static final String SECRET = "whsec_a/b+c=\"d\" é%25";

  private final SecretMask mask = SecretMask.of(List.of(SECRET));

  @Test
  void blotsOutEverySpellingOfASecret() {
    String escaped = SECRET.replace("\"", "\\\"").replace("/", "\\/").replace("é", "\\u00E9");
    String url = URLEncoder.encode(SECRET, UTF_8);
    String xml = SECRET.replace("\"", "&quot;").replace("é", "&#233;");
    String base64 = Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8));

    for (String spelled :
        List.of(SECRET, escaped, url, url.toLowerCase(Locale.ROOT), xml, base64, percent(SECRET))) {
      assertThat(mask.mask("a" + spelled + "b")).as(spelled).startsWith("a***").endsWith("b");
      assertThat(mask.mask(spelled)).as(spelled).isIn("***", "***=", "***==");
    }
  }

  @Test
  void leavesOtherTextAlone() {
    assertThat(mask.mask("whsec_a/b+c=other")).isEqualTo("whsec_a/b+c=other");
    assertThat(mask.mask("WHSEC_A/B+C=\"D\" É%25")).isEqualTo("WHSEC_A/B+C=\"D\" É%25");
    assertThat(mask.mask("")).isEmpty();
  }

  @Test
  void blotsOutThePasswordAlone() {
    assertThat(SecretMask.of(List.of("ada:lovelace-1815")).mask("said lovelace-1815."))
        .isEqualTo("said ***.");
  }

  @Test
  void blotsOutTheLongerOfTwoThatBeginAlike() {
    assertThat(SecretMask.of(List.of("abc", "abcdef")).mask("xabcdefx abc")).isEqualTo("x***x ***");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 12, 18})
  void blotsOutWhatMayBeTheBeginningOfOneWhereATextIsCutOff(int letters) {
    String cut = "the token is " + SECRET.substring(0, letters);

    assertThat(mask.maskCutOff(cut)).isEqualTo("the token is ***");
    assertThat(mask.mask(cut)).isEqualTo(cut);
  }

  @Test
  void isNotSlowedDownByWhatIsMadeToBeSlow() {
    SecretMask percents = SecretMask.of(List.of("%".repeat(40) + "x"));
    String text = "%25".repeat(20_000);

    assertThat(percents.mask(text)).isEqualTo(text);
  }

  /** None of these took less than minutes when each position was tried for each secret anew. */
  @ParameterizedTest
  @ValueSource(
      strings = {"%", "%2", "%25", "\\", "\\u00", "&", "&#", "&amp", "w", "whsec_", "é", "+"})
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void isNotSlowedDownByAStrangersTextOrByManySecrets(String piece) {
    SecretMask many =
        SecretMask.of(
            IntStream.range(0, 500).mapToObj(index -> "whsec_%25/" + index + "é&\\x").toList());
    String text = piece.repeat(1_000_000 / piece.length());

    assertThat(many.mask(text)).isEqualTo(text);
    assertThat(many.maskCutOff(text)).hasSizeGreaterThan(text.length() - 20);
  }

  @Test
  void masksSecretsThatOverlapAsOne() {
    assertThat(SecretMask.of(List.of("abcab")).mask("xabcabcaby")).isEqualTo("x***y");
    assertThat(SecretMask.of(List.of("abcabc")).maskCutOff("xabcabc")).isEqualTo("x***");
  }

  /** The property that the simple mask has, and that every spelling of a character preserves. */
  @Test
  void findsWhatADecoderWouldFind() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      List<String> secrets = List.of(text(random, 3 + random.nextInt(5)), text(random, 9));
      String secret = secrets.get(random.nextInt(2));
      String spelled = spelled(random, secret);
      SecretMask each = SecretMask.of(secrets);

      assertThat(each.mask("[" + spelled + "]"))
          .as("seed %d, round %d, %s as %s", seed, round, secret, spelled)
          .isEqualTo("[***]");
      int cut = 1 + random.nextInt(spelled.length());
      assertThat(each.maskCutOff("[" + spelled.substring(0, cut)))
          .as("seed %d, round %d, %s as %s, cut at %d", seed, round, secret, spelled, cut)
          .isEqualTo("[***");
    }
  }

  private static String spelled(Random random, String secret) {
    StringBuilder text = new StringBuilder();
    secret
        .codePoints()
        .forEach(
            character ->
                text.append(
                    switch (random.nextInt(6)) {
                      case 0 -> percent(Character.toString(character));
                      case 1 -> "\\u%04X".formatted(character);
                      case 2 -> "&#%d;".formatted(character);
                      case 3 -> "&#x%x;".formatted(character);
                      case 4 ->
                          new String(Character.toString(character).getBytes(UTF_8), ISO_8859_1);
                      default -> Character.toString(character);
                    }));
    return text.toString();
  }

  @Test
  void neverLetsASecretThrough() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      List<String> secrets =
          random.ints(4, 4, 24).mapToObj(length -> text(random, length)).toList();
      StringBuilder text = new StringBuilder();
      for (int piece = 0; piece < 12; piece++) {
        text.append(text(random, random.nextInt(6)))
            .append(secrets.get(random.nextInt(secrets.size())));
      }
      SecretMask all = SecretMask.of(secrets);
      String masked =
          random.nextBoolean() ? all.mask(text.toString()) : all.maskCutOff(text.toString());

      assertThat(secrets).as("seed %d, round %d", seed, round).noneMatch(masked::contains);
    }
  }

  private static String percent(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte each : text.getBytes(UTF_8)) {
      encoded.append("%%%02X".formatted(each));
    }
    return encoded.toString();
  }

  private static String text(Random random, int length) {
    return random
        .ints(length, 0, 8)
        .mapToObj(index -> Character.toString("ab%\\&+é/".charAt(index)))
        .collect(Collectors.joining());
  }
}
