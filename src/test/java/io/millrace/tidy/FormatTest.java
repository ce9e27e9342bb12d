package io.millrace.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
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
        String after = format(before);
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

  private String format(String java) throws FormatterException {
    String ordered = ImportOrderer.reorderImports(java, JavaFormatterOptions.Style.GOOGLE);
    return formatter.formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
  }
}
