package io.millrace.kafka.provision;

import io.millrace.yaml.MutatedFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Spoilt in one place, the file of topics is refused with its place, or harmlessly read. */
final class MutatedTopicsTest {
  @Test
  void refusesSpoiltTopics() {
    MutatedFile.check(
        Path.of("topology", "topics.yaml"), file -> TopicSettings.read(file).all(), 300, 5);
  }
}
