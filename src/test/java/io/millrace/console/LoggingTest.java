package io.millrace.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.status.Status;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.rule.LogField;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

final class LoggingTest {
  @TempDir private Path directory;
  private final LoggerContext context = new LoggerContext();

  @AfterEach
  void stop() {
    context.stop();
    System.clearProperty(Logging.PROPERTY);
  }

  @Test
  void writesOneJsonObjectALineWithItsFields() throws Exception {
    Path file = directory.resolve("logs/millrace.log");
    configure("file:" + file);
    Logger log = context.getLogger("io.millrace.edge.Edge");

    log.atInfo()
        .addKeyValue(LogField.EVENT_ID, "e-1")
        .addKeyValue(LogField.SOURCE, "forms")
        .log("Read it");
    log.debug("Too much");

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1);
    JsonNode line = new ObjectMapper().readTree(lines.getFirst());
    assertThat(line.path("message").asText()).isEqualTo("Read it");
    assertThat(line.path("level").asText()).isEqualTo("INFO");
    assertThat(line.path("event_id").asText()).isEqualTo("e-1");
    assertThat(line.path("source").asText()).isEqualTo("forms");
    assertThat(line.path("@timestamp").asText()).isNotBlank();
  }

  @Test
  void isConfiguredWithoutComplaintForEverySink() throws Exception {
    for (String choice : List.of("", "console", "file:" + directory.resolve("a.log"))) {
      configure(choice);

      assertThat(context.getStatusManager().getCopyOfStatusList())
          .as(choice)
          .noneMatch(status -> status.getLevel() > Status.INFO);
    }
  }

  @Test
  void showsErrorsOnlyUnlessToldOtherwise() {
    assertThat(LogSink.of("")).isEqualTo("errors");
    assertThat(LogSink.of("console")).isEqualTo("console");
    assertThat(LogSink.of("file:x")).isEqualTo("file");
  }

  private void configure(String choice) throws Exception {
    System.setProperty(Logging.PROPERTY, choice);
    context.reset();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.getStatusManager().clear();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LoggingTest.class.getResource("/logback.xml"));
  }
}
