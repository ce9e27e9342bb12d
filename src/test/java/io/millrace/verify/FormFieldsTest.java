package io.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FormFieldsTest {

  @Test
  void readsNoMoreFieldsThanAnyFormHas() {
    var most = "a&".repeat(FormFields.MAX_FIELDS);

    assertThat(FormFields.parse(most).only("a")).isEmpty();
    assertThatThrownBy(() -> FormFields.parse(most + "b"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("2000 fields");
  }

  /** A form of random pieces has the fields that splitting it the plain way gives. */
  @Test
  void readsWhatPlainSplittingReads() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> pieces = List.of("&", "&&", "=", "==", "a", "b", "", "+", "%41", "ä", "&=");
    for (int number = 0; number < 5_000; number++) {
      StringBuilder form = new StringBuilder();
      for (int piece = random.nextInt(9); piece > 0; piece--) {
        String text = pieces.get(random.nextInt(pieces.size()));
        form.append(text.equals("ä") ? URLEncoder.encode(text, StandardCharsets.UTF_8) : text);
      }

      assertThat(FormFields.parse(form.toString()).values())
          .as("seed %d: %s", seed, form)
          .isEqualTo(split(form.toString()));
    }
  }

  private static Map<String, SortedSet<String>> split(String form) {
    Map<String, SortedSet<String>> values = new TreeMap<>();
    for (String pair : form.split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] parts = (pair + (pair.contains("=") ? "" : "=")).split("=", 2);
        values.computeIfAbsent(decoded(parts[0]), unseen -> new TreeSet<>()).add(decoded(parts[1]));
      }
    }
    return values;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
