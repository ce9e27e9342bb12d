package io.millrace.kafka.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.kafka.topic.ProvisioningException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorsTest {
  private static final Path BUNDLED = Path.of("topology", "connectors");
  private static final Map<String, String> VALUES =
      Map.of(
          "registry.url", "http://registry",
          "warehouse.jdbc.url", "jdbc:postgresql://db/warehouse",
          "warehouse.user", "millrace",
          "warehouse.password", "$1\\",
          "topics.replication", "1");

  @TempDir private Path directory;

  @Test
  void fillsInTheBundledOnesAndLeavesNothingOpen() {
    Map<String, Map<String, String>> connectors = Connectors.load(BUNDLED, VALUES).configurations();

    assertThat(connectors)
        .containsOnlyKeys(
            "warehouse-accounts", "warehouse-facts", "warehouse-records", "warehouse-scores");
    assertThat(connectors.values())
        .allSatisfy(
            configuration ->
                assertThat(configuration)
                    .containsEntry("connection.password", "$1\\")
                    .containsEntry("consumer.override.isolation.level", "read_committed")
                    .containsEntry("errors.tolerance", "all"));
    assertThat(connectors.toString()).doesNotContain("${");
  }

  @Test
  void readOnlyTopicsThatAreDeclared() {
    TopicSettings topics = TopicSettings.load(Path.of("topology", "topics.yaml"));

    for (Map<String, String> connector :
        Connectors.load(BUNDLED, VALUES).configurations().values()) {
      assertThat(List.of(connector.getOrDefault("topics", "").split(",")))
          .allSatisfy(topic -> assertThat(topics.find(topic)).describedAs(topic).isPresent());
    }
  }

  @Test
  void namesAPlaceholderNobodyKnows() throws IOException {
    Files.writeString(directory.resolve("sink.json"), "{\"url\": \"${nowhere}\"}");

    assertThatThrownBy(() -> Connectors.load(directory, VALUES))
        .isInstanceOf(ProvisioningException.class)
        .hasMessageContaining("sink.json")
        .hasMessageContaining("${nowhere}");
  }

  @Test
  void leavesConnectsOwnProvidersAlone() throws IOException {
    Files.writeString(directory.resolve("sink.json"), "{\"key\": \"${file:secrets:api}\"}");

    assertThat(Connectors.load(directory, VALUES).configurations().get("sink"))
        .containsEntry("key", "${file:secrets:api}");
  }
}
