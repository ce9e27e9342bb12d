package io.millrace.config;

import io.millrace.config.setting.Setting;
import io.millrace.config.setting.Settings;
import io.millrace.tidy.Golden;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The manual's list of settings is written from the code. */
class ConfigurationDocumentTest {
  private static final String INTRODUCTION =
      """
      # Settings of `millrace edge` and `millrace stream`

      Written from `Settings.java` by a test; do not edit.

      A setting comes from, the later the stronger: its default, a properties file (`--config FILE`), the environment, the
      command line (`--set KEY=VALUE`, as often as needed). In the environment a setting's name is `MILLRACE_` and its key in
      upper case with `_` for `.`: `MILLRACE_EDGE_PORT` is `edge.port`. Everything is checked before anything starts, and all
      faults are reported at once. Durations are ISO 8601 (`PT20S`, `P3D`), `{home}` is the checkout, and a relative path is
      relative to where the command is started.

      Whatever follows `kafka.client.` goes to every Kafka client under its own name, for instance
      `kafka.client.security.protocol`; `registry.client.` likewise to the Avro serializer and deserializer, `stream.client.` to
      Kafka Streams. `MILLRACE_SECRET_*` is left to the secrets that source files refer to (`env:` references
      may name any variable). `MILLRACE_JAVA_OPTS` and `MILLRACE_MAVEN_OPTS` are the launcher's: more options for the JVM, and
      for Maven when it builds (`-Dmaven.repo.local=DIR`). `MILLRACE_CACHE=off` is too: a start without the archive in
      `target/start`.

      | key | environment | default | must be | meaning |
      |---|---|---|---|---|
      """;

  @Test
  void listsEverySetting() {
    var document = new StringBuilder(INTRODUCTION);
    for (Setting setting : Settings.of(Config.class)) {
      document.append(
          "| `%s` | `MILLRACE_%s` | %s | %s | %s |%n"
              .formatted(
                  setting.key(),
                  setting.key().toUpperCase(Locale.ROOT).replace('.', '_'),
                  setting.fallback().isEmpty() ? "none" : "`" + setting.fallback() + "`",
                  setting.kind().allowed(),
                  setting.meaning()));
    }

    Golden.check("docs/configuration.md", document.toString());
  }
}
