package io.millrace.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documents are all in the index, and lead to what is there. */
class DocumentsTest {
  private static final Pattern ENTRY =
      Pattern.compile("(?m)^- \\[(\\S+\\.md)\\]\\((\\S+)\\): (.+)$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s:#]*)(?:#([^)\\s]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```$");

  @Test
  void indexNamesEveryPageOnce() {
    List<String> pages =
        Checkout.filesIn("docs").stream()
            .filter(file -> file.getNameCount() == 2)
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".md") && !name.equals("index.md"))
            .toList();
    List<String> named =
        ENTRY
            .matcher(Checkout.read("docs/index.md"))
            .results()
            .peek(entry -> assertThat(entry.group(2)).isEqualTo(entry.group(1)))
            .map(entry -> entry.group(1))
            .toList();

    assertThat(named).containsExactlyInAnyOrderElementsOf(pages);
  }

  @Test
  void readmeLeadsToTheIndex() {
    assertThat(Checkout.read("README.md"))
        .contains("(docs/index.md)", "(CONTRIBUTING.md)", "(CHANGELOG.md)");
  }

  @Test
  void everyLinkLeadsSomewhere() {
    List<String> dead = new ArrayList<>();
    for (Path page : Checkout.files()) {
      if (page.toString().endsWith(".md")) {
        dead.addAll(deadLinks(page, Checkout.read(page)));
      }
    }

    assertThat(dead).isEmpty();
  }

  @Test
  void seesDeadLinks() {
    Path page = Path.of("docs", "index.md");

    assertThat(deadLinks(page, "[a](nowhere.md), [b](topics.md#nowhere), [c](#nowhere)"))
        .hasSize(3);
    assertThat(deadLinks(page, "[a](topics.md), [b](https://example.com/x), [c](topics.md#topics)"))
        .isEmpty();
    assertThat(deadLinks(page, "# A `b`, c\n[a](#a-b-c) ![d](images/flow.svg)")).isEmpty();
  }

  private static List<String> deadLinks(Path page, String text) {
    List<String> dead = new ArrayList<>();
    Matcher link = LINK.matcher(FENCE.matcher(text).replaceAll(""));
    while (link.find()) {
      Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
      if (!Files.exists(Checkout.ROOT.resolve(target))) {
        dead.add(page + ": " + target);
      } else if (link.group(2) != null) {
        String there = target.equals(page) ? text : Checkout.read(target);
        if (!anchors(there).contains(link.group(2))) {
          dead.add(page + ": " + target + "#" + link.group(2));
        }
      }
    }
    return dead;
  }

  /** As GitHub makes them of headings. */
  private static Set<String> anchors(String text) {
    return HEADING
        .matcher(text)
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
