package io.millrace.cli.sources;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.cli.Durations;
import io.millrace.provider.Evidence;
import io.millrace.provider.Provider;
import io.millrace.provider.SeenOnce;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One catalogue entry, every fact with its evidence, in lines of at most 120 columns. */
record EntryInFull(Provider provider) {
  private static final int COLUMNS = 120;
  private static final int INDENT = 18;

  String text() {
    JsonNode entry = CatalogueJson.written(provider);
    List<String> lines = new ArrayList<>();
    lines.add(provider.name() + ": " + provider.title());
    if (!provider.aliases().isEmpty()) {
      add("also found as", String.join(", ", provider.aliases()), lines);
    }
    add("proves", provider.verification().assurance().name(), lines);
    add("an observer can", SeenOnce.inWords(provider), lines);
    for (Evidence.Fact fact : Evidence.Fact.values()) {
      JsonNode value = entry.path(fact.key());
      if (!value.isMissingNode()) {
        lines.add("");
        lines.add(fact.key());
        describe(fact, value, lines);
        provider.evidence().of(fact).ifPresent(authority -> add(authority, lines));
        if (fact == Evidence.Fact.VERIFICATION && provider.isOwnReading()) {
          add("", ListedCatalogue.OWN_READING + ": no program of anybody else agrees yet", lines);
        }
      }
    }
    return String.join(System.lineSeparator(), lines);
  }

  private void describe(Evidence.Fact fact, JsonNode value, List<String> lines) {
    switch (fact) {
      case RETRY_HORIZON -> {
        add("at most", Durations.inWords(provider.retryHorizon()), lines);
        if (provider.anyAnswerIsSuccess()) {
          add("answers", "it never retries, not even after 503", lines);
        }
      }
      case RESPONSE_LIMIT ->
          provider
              .responseLimit()
              .ifPresent(limit -> add("waits", Durations.inWords(limit), lines));
      case VERIFICATION, HANDSHAKE, REPLY, EVENTS -> {
        if (value.isArray()) {
          value.forEach(one -> add("one of", inWords(one), lines));
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
          add(member.getKey(), member.getValue(), lines);
        }
      }
    }
  }

  private static void add(String key, JsonNode value, List<String> lines) {
    if (value.isArray() && value.path(0).isObject()) {
      String name = key;
      for (JsonNode item : value) {
        add(name, inWords(item), lines);
        name = "";
      }
    } else {
      add(key, inWords(value), lines);
    }
  }

  private static void add(Evidence.Authority authority, List<String> lines) {
    add("evidence", ListedCatalogue.word(authority.proof()) + ": " + authority.text(), lines);
    authority.link().ifPresent(link -> add("", link, lines));
    authority
        .checked()
        .ifPresent(
            day ->
                add(
                    "",
                    "compared on "
                        + day
                        + authority.version().map(version -> " (" + version + ")").orElse(""),
                    lines));
  }

  private static String inWords(JsonNode value) {
    if (value.isObject()) {
      return value.properties().stream()
          .map(member -> member.getKey() + ": " + nested(member.getValue()))
          .collect(Collectors.joining(", "));
    }
    return value.isArray()
        ? value.valueStream().map(EntryInFull::nested).collect(Collectors.joining(", "))
        : value.asText();
  }

  private static String nested(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "{" + inWords(value) + "}";
      case ARRAY -> "[" + inWords(value) + "]";
      // A prefix such as "Bearer " ends in a space, which would be invisible.
      case STRING -> value.asText().endsWith(" ") ? value.toString() : value.asText();
      case BINARY, BOOLEAN, MISSING, NULL, NUMBER, POJO -> value.asText();
    };
  }

  /**
   * The key and the text next to it, wrapped at spaces; a word that is too long has its own line.
   */
  private static void add(String key, String text, List<String> lines) {
    StringBuilder line = new StringBuilder("  %-16s".formatted(key));
    for (String word : text.split(" ", -1)) {
      if (!line.toString().isBlank() && line.length() + 1 + word.length() > COLUMNS) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(" ".repeat(INDENT));
      }
      line.append(line.length() == INDENT ? "" : " ").append(word);
    }
    lines.add(line.toString().stripTrailing());
  }
}
