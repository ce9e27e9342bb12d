package io.millrace.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Java is formatted by google-java-format; {@code mvn test -Dgolden.write=true} does it. */
class FormatTest {
  private final Formatter formatter = new Formatter();

  @Test
  void javaIsFormattedByGoogleJavaFormat() throws FormatterException {
    List<Path> unformatted = new ArrayList<>();
    for (Path path : Checkout.filesIn("src")) {
      if (path.toString().endsWith(".java")) {
        String before = Checkout.read(path);
        String after = formatter.formatSourceAndFixImports(before);
        if (!before.equals(after)) {
          unformatted.add(path);
          if (Golden.writes()) {
            Golden.write(Checkout.ROOT.resolve(path), after);
          }
        }
      }
    }

    if (!Golden.writes()) {
      assertThat(unformatted)
          .as("not formatted; mend with: mvn test -Dtest=FormatTest -Dgolden.write=true")
          .isEmpty();
    }
  }
}
