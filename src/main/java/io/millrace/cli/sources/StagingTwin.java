package io.millrace.cli.sources;

import io.millrace.app.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns a source's file into the file of its staging twin. Edits the text, so that comments and the
 * mapping stay as written.
 */
record StagingTwin(String source, String twin) {
  private static final Pattern KEY = Pattern.compile("([A-Za-z]\\w*):.*", Pattern.DOTALL);

  private static final Pattern ITEM = Pattern.compile("(?m)^\\s*-\\s|\\{");
  private static final Pattern USE = Pattern.compile("\\buse:\\s*(\\w+)");

  String of(String yaml) {
    StringBuilder made = new StringBuilder();
    for (String section : sections(yaml)) {
      Matcher key = KEY.matcher(section);
      made.append(key.matches() ? section(key.group(1), section) : section);
    }
    if (made.indexOf("\nsource: " + twin) < 0 && !made.toString().startsWith("source: " + twin)) {
      throw CommandException.usage(
          "The file of %s has no line `source: %s`; add it".formatted(source, source));
    }
    return made.toString();
  }

  private String section(String key, String section) {
    return switch (key) {
      case "source" -> "source: " + twin + "\nstaging: true\n";
      case "secrets" -> secrets(section);
      // Replays come from this machine, whatever addresses the original allows.
      case "allow" -> "allow: [127.0.0.1, \"::1\"]\n";
      case "publicUrl" ->
          section.replaceAll("/" + Pattern.quote(source) + "(?=\\s|$|\")", "/" + twin);
      case "staging" -> "";
      default -> section;
    };
  }

  /** A separate secret for each use that the original has. */
  private String secrets(String section) {
    Set<String> uses = new TreeSet<>();
    ITEM.splitAsStream(section)
        .filter(item -> item.contains("ref:"))
        .map(USE::matcher)
        .forEach(use -> uses.add(use.find() ? use.group(1) : ""));
    StringBuilder secrets = new StringBuilder("secrets:\n");
    for (String use : uses) {
      secrets.append("  - ref: env:").append(variable());
      if (!use.isEmpty()) {
        secrets.append('_').append(use.toUpperCase(Locale.ROOT)).append("\n    use: ").append(use);
      }
      secrets.append('\n');
    }
    return secrets.toString();
  }

  private String variable() {
    return "MILLRACE_SECRET_" + twin.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** Splits at top-level keys; the comments before the first key are a section too. */
  private static List<String> sections(String yaml) {
    List<String> sections = new ArrayList<>();
    StringBuilder section = new StringBuilder();
    for (String line : yaml.split("(?<=\n)", -1)) {
      boolean begins = KEY.matcher(line).matches() || line.startsWith("#");
      if (begins && !section.isEmpty()) {
        sections.add(section.toString());
        section.setLength(0);
      }
      section.append(line);
    }
    sections.add(section.toString());
    return sections;
  }
}
