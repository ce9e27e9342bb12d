package io.millrace.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.status.Status;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.model.LogField;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
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

  @Test
  void gathersLinesOfTheConsoleWithoutLosingOneOrTheirOrder() throws Exception {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    configure("console");
    console().setOutputStream(written);
    Logger log = context.getLogger("io.millrace.edge.Edge");

    for (int number = 0; number < 25_000; number++) {
      log.atInfo().addKeyValue(LogField.EVENT_ID, "e-" + number).log("Read it");
    }
    log.warn("Written by now");
    String lines = written.toString(UTF_8);
    log.info("The last");
    context.stop();

    assertThat(lines.lines()).hasSize(25_001).last().asString().contains("Written by now");
    assertThat(lines.lines().limit(25_000).map(LoggingTest::eventId))
        .containsExactlyElementsOf(
            IntStream.range(0, 25_000).mapToObj(number -> "e-" + number).toList());
    assertThat(written.toString(UTF_8).lines()).last().asString().contains("The last");
  }

  @Test
  void writesToTheConsoleWithoutBeingAskedAgain() throws Exception {
    PipedInputStream read = new PipedInputStream();
    configure("console");
    console().setOutputStream(new PipedOutputStream(read));

    context.getLogger("io.millrace.edge.Edge").info("Read it");

    assertThat(new BufferedReader(new InputStreamReader(read, UTF_8)).readLine())
        .contains("Read it");
  }

  private GatheringAppender console() {
    return (GatheringAppender) context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("sink");
  }

  private static String eventId(String line) {
    try {
      return new ObjectMapper().readTree(line).path("event_id").asText();
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException(line, broken);
    }
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
