package io.millrace.edge;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.millrace.edge.testing.EdgeFixture;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class EdgeLogTest {
  @TempDir private Path directory;
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.millrace.edge");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.DEBUG);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void holdsIdsAndReasonsButNeitherSecretsNorBodies() {
    try (EdgeFixture fixture = new EdgeFixture(directory, EdgeFixture.PATIENT)) {
      fixture.send(fixture.form("{\"email\":\"ada@example.com\"}"));
      fixture.log.fail(true);
      fixture.send(fixture.form("{\"email\":\"ada@example.com\"}"));
      fixture.send(links(fixture, EdgeFixture.SECRET));
      fixture.send(links(fixture, "guessed-token"));
    }

    List<String> texts =
        lines.list.stream()
            .map(line -> line.getFormattedMessage() + " " + line.getKeyValuePairs())
            .toList();
    assertThat(texts)
        .anyMatch(text -> text.startsWith("Accepted a delivery") && text.contains("delivery_id"))
        .anyMatch(
            text ->
                text.startsWith("A delivery could not be stored") && text.contains("body_sha256"))
        .anyMatch(text -> text.contains("reason=\"BAD_SIGNATURE\""))
        .noneMatch(text -> text.contains(EdgeFixture.SECRET))
        .noneMatch(text -> text.contains("guessed-token"))
        .noneMatch(text -> text.contains("ada@"));
  }

  private static HttpRequest.Builder links(EdgeFixture fixture, String token) {
    return fixture
        .request("/in/links/" + token)
        .POST(HttpRequest.BodyPublishers.ofString("{\"email\":\"ada@example.com\"}"));
  }
}
