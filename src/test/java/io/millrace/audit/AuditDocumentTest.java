package io.millrace.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tidy.Checkout;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The document on the audit explains every finding there is, and no other. */
class AuditDocumentTest {
  private static final Pattern HEADING = Pattern.compile("(?m)^### (\\w+)$");

  @Test
  void explainsEveryFinding() {
    String document = Checkout.read("docs/audit.md");

    assertThat(HEADING.matcher(document).results().map(found -> found.group(1)))
        .containsExactlyElementsOf(
            Arrays.stream(Finding.Kind.values()).map(Finding.Kind::name).toList());
  }

  @Test
  void saysWhichFindingsAreNotes() {
    String document = Checkout.read("docs/audit.md");

    for (Finding.Kind kind : Finding.Kind.values()) {
      String section = document.substring(document.indexOf("### " + kind.name() + "\n") + 4);
      int next = section.indexOf("\n#");
      assertThat(section.substring(0, next).contains("A note; the balance is not affected."))
          .as(kind.name())
          .isNotEqualTo(kind.isWrong());
    }
  }
}
