package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveSourcesTest {
  @TempDir private Path folder;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @BeforeEach
  void connectASource() throws IOException {
    write("forms");
  }

  @Test
  void knowsANewSourceBeforeItsFirstDeliveryIsInterpreted() throws Exception {
    try (LiveSources sources = live("PT1H")) {
      write("other");

      assertThat(sources.whenNeeding("other").find("other")).isPresent();
    }
  }

  @Test
  void knowsASourceAfterItsFileIsGone() throws Exception {
    try (LiveSources sources = live("PT0.05S")) {
      write("other");
      Files.delete(folder.resolve("forms.yaml"));
      await().until(() -> reloads() == 1);

      assertThat(sources.whenNeeding("forms").find("forms")).isPresent();
      assertThat(sources.whenNeeding("forms").find("other")).isPresent();
      assertThat(sources.whenNeeding("nobody").find("nobody")).isEmpty();
    }
  }

  private LiveSources live(String interval) throws Exception {
    Config config =
        Config.load(
            folder,
            Optional.empty(),
            Map.of(),
            Map.of("sources.directory", folder.toString(), "sources.reload.interval", interval));
    return new LiveSources(config.topology(), registry, Clock.systemUTC());
  }

  private double reloads() {
    return registry.get("millrace.stream.sources.reload").tag("result", "ok").counter().count();
  }

  private void write(String name) throws IOException {
    Files.writeString(
        folder.resolve(name + ".yaml"),
        "source: " + name + "\nprovider: generic-hmac\nsecrets: [{ref: env:NOT_READ_HERE}]\n");
  }
}
