package io.millrace.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.setting.Settings;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.RegistrySerdes;
import io.millrace.kafka.topic.RegistrySettings;
import java.nio.file.Path;
import java.util.HashMap;
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
        .hasMessageContaining("stream.standby.replicas is 1")
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
    return Settings.read(StreamSettings.class, Map.of("stream.state.directory", state));
  }

  private static StreamSettings stream(String groupProtocol, Map<String, String> properties) {
    return stream(groupProtocol, 1, properties);
  }

  private static StreamSettings stream(
      String groupProtocol, int standbyReplicas, Map<String, String> properties) {
    Map<String, String> given = new HashMap<>();
    properties.forEach((key, value) -> given.put("stream.client." + key, value));
    given.put("stream.instance", "7");
    given.put("stream.state.memory", "64 MB");
    given.put("stream.threads", "2");
    given.put("stream.standby.replicas", Integer.toString(standbyReplicas));
    given.put("stream.group.protocol", groupProtocol);
    return Settings.read(StreamSettings.class, given);
  }
}
