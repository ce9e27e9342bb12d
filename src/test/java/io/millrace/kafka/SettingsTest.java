package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final KafkaSettings KAFKA = KafkaSettings.of("broker:9092");

  @Test
  void refusesAnEmptyAddressOfTheCluster() {
    assertThatThrownBy(() -> KafkaSettings.of(" ")).hasMessageContaining("host:port");
  }

  @Test
  void refusesARegistryThatIsNoWebAddress() {
    assertThatThrownBy(() -> RegistrySettings.of("localhost:8081"))
        .hasMessageContaining("localhost:8081");
  }

  @Test
  void tellsBothSerializersWhereTheRegistryIsAndNeverToRegister() {
    RegistrySettings settings = RegistrySettings.of("http://registry:8081/apis/ccompat/v7/");

    assertThat(settings.serdeProperties(true))
        .containsEntry("apicurio.registry.url", "http://registry:8081/apis/registry/v3")
        .containsEntry("apicurio.registry.auto-register", false)
        .containsEntry("schema.registry.url", "http://registry:8081/apis/ccompat/v7")
        .containsEntry("auto.register.schemas", false);
  }

  @Test
  void namesASerializerThatIsMissing() {
    RegistrySettings settings =
        new RegistrySettings(
            "http://registry:8081", "com.example.Missing", "com.example.Missing", Map.of());

    assertThatThrownBy(() -> new RegistrySerdes(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("com.example.Missing");
  }

  @Test
  void refusesAGroupProtocolNobodyKnows() {
    assertThatThrownBy(() -> stream("raft", 0, Map.of()))
        .hasMessageContaining("raft")
        .hasMessageContaining("classic, streams");
  }

  @Test
  void refusesStandbyReplicasWhereTheClusterDecidesOnThem() {
    assertThatThrownBy(() -> stream("streams", 1, Map.of()))
        .hasMessageContaining("stream.standbyReplicas is 1")
        .hasMessageContaining("streams.num.standby.replicas");
  }

  @Test
  void asksForNoStaticMembershipWhereThereIsNone() {
    Properties properties = StreamProperties.of("records", KAFKA, stream("streams", 0, Map.of()));

    assertThat(properties)
        .containsEntry("group.protocol", "streams")
        .doesNotContainKeys("group.instance.id", "consumer.session.timeout.ms");
    assertThat(new StreamsConfig(properties)).isNotNull();
  }

  @Test
  void runsRolesExactlyOnceUnderTheirOwnIds() {
    Properties properties = StreamProperties.of("records", KAFKA, stream("classic", Map.of()));

    assertThat(properties)
        .containsEntry("application.id", "millrace-records")
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("group.instance.id", "7")
        .containsEntry("bootstrap.servers", "broker:9092");
    assertThat(new StreamsConfig(properties)).isNotNull();
  }

  @Test
  void namesProcessesAfterHostAndStateDirectoryUnlessTheyHaveAName() {
    String first = InstanceName.of("flow-1.example.com", Path.of("data/state"));

    assertThat(first).matches("flow-1-[0-9a-f]{8}");
    assertThat(InstanceName.of("flow-1.example.com", Path.of("data/../data/state")))
        .as("the same again after a restart")
        .isEqualTo(first);
    assertThat(InstanceName.of("flow-1.example.com", Path.of("data/state2"))).isNotEqualTo(first);
    assertThat(InstanceName.of("flow-1.example.org", Path.of("data/state"))).isNotEqualTo(first);
    assertThat(InstanceName.of("f\u00fcr den Flu\u00df", Path.of("state")))
        .matches("f-r-den-Flu--[0-9a-f]{8}");
    assertThat(InstanceName.of("h".repeat(255), Path.of("state"))).hasSize(69);
  }

  @Test
  void twoProcessesWithTheDefaultsAreTwoMembers() {
    Properties one = StreamProperties.of("records", KAFKA, nameless("one"));
    Properties two = StreamProperties.of("records", KAFKA, nameless("two"));

    assertThat(one.getProperty("group.instance.id"))
        .matches("[\\w-]+")
        .isNotEqualTo(two.getProperty("group.instance.id"));
    assertThat(one.getProperty("client.id"))
        .isEqualTo("millrace-records-" + one.getProperty("group.instance.id"));
  }

  @Test
  void letsTheOperatorHaveTheLastWord() {
    Map<String, String> properties = Map.of("commit.interval.ms", "1000");

    assertThat(StreamProperties.of("records", KAFKA, stream("classic", properties)))
        .containsEntry("commit.interval.ms", "1000");
  }

  private static StreamSettings nameless(String state) {
    return new StreamSettings(
        "millrace",
        "",
        Path.of(state),
        StoreMemory.DEFAULT,
        1,
        Duration.ofMillis(200),
        0,
        "classic",
        Map.of());
  }

  private static StreamSettings stream(String groupProtocol, Map<String, String> properties) {
    return stream(groupProtocol, 1, properties);
  }

  private static StreamSettings stream(
      String groupProtocol, int standbyReplicas, Map<String, String> properties) {
    return new StreamSettings(
        "millrace",
        "7",
        Path.of("state"),
        StoreMemory.of(64 << 20),
        2,
        Duration.ofMillis(200),
        standbyReplicas,
        groupProtocol,
        properties);
  }
}
