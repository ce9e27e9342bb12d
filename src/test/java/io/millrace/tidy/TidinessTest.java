package io.millrace.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TidinessTest {
  /** Written by others. */
  private static final Set<String> NOT_OURS = Set.of("LICENSE", "src/test/resources/vectors.json");

  private static final List<String> BINARY = List.of(".png", ".jpg", ".ico", ".gz", ".jar", ".bin");

  @Test
  void everyTextFileIsTidy() {
    List<String> faults =
        Checkout.files().stream()
            .filter(path -> !NOT_OURS.contains(path.toString()))
            .filter(path -> BINARY.stream().noneMatch(path.toString()::endsWith))
            .flatMap(path -> Tidiness.faults(path, Checkout.read(path)).stream())
            .toList();

    assertThat(faults).isEmpty();
  }

  @Test
  void seesWhatIsUntidy() {
    assertThat(faults("script", "a\tb\n")).containsExactly("script:1 has a tab");
    assertThat(faults("script", "ok\na \n")).containsExactly("script:2 has trailing blanks");
    assertThat(faults("A.java", "x".repeat(121) + "\n"))
        .containsExactly("A.java:1 is longer than 120");
    assertThat(faults("A.java", "// TO" + "DO\n"))
        .containsExactly("A.java:1 says that something is unfinished");
    assertThat(faults("README.md", "see /work/notes\n"))
        .containsExactly("README.md:1 names a path of one machine");
    assertThat(faults("a.md", "a")).containsExactly("a.md does not end with exactly one line end");
    assertThat(faults("a.md", "a\r\n")).contains("a.md has carriage returns");
  }

  @Test
  void everyPackageIsNullMarked() {
    List<Path> unmarked =
        Stream.of("src/main/java", "src/bench/java")
            .flatMap(root -> Checkout.filesIn(root).stream())
            .map(Path::getParent)
            .distinct()
            .filter(folder -> !isNullMarked(folder.resolve("package-info.java")))
            .toList();

    assertThat(unmarked)
        .as("null never crosses a method: each package needs a package-info with @NullMarked")
        .isEmpty();
  }

  private static boolean isNullMarked(Path packageInfo) {
    return Files.exists(Checkout.ROOT.resolve(packageInfo))
        && Checkout.read(packageInfo).contains("\n@NullMarked\n");
  }

  private static List<String> faults(String path, String text) {
    return Tidiness.faults(Path.of(path), text);
  }
}
