package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.config.setting.Settings;
import io.millrace.console.ConsoleSettings;
import io.millrace.edge.wire.EdgeSettings;
import io.millrace.edge.wire.ForwardingHeaders;
import io.millrace.edge.wire.LimitSettings;
import io.millrace.edge.wire.ProxySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
  private static final Path HOME = Path.of("/checkout");

  @TempDir Path folder;

  @Test
  void everyDefaultIsAllowed() throws InvalidConfigException {
    Config config = Config.load(HOME, Optional.empty(), Map.of(), Map.of());

    assertThat(config.edge()).isEqualTo(Settings.defaults(EdgeSettings.class));
    assertThat(config.spool().limitBytes()).isEqualTo(1024L * 1024 * 1024);
    assertThat(config.console()).isEqualTo(Settings.defaults(ConsoleSettings.class));
    assertThat(config.topology().sources()).isEqualTo(Path.of("/checkout/topology/sources"));
    assertThat(config.stream().roles())
        .isEqualTo(Set.of("normalize", "records", "engagement", "identity", "accounts"));
    assertThat(config.warehouse().password()).isEqualTo("${env:WAREHOUSE_PASSWORD}");
  }

  @Test
  void laterLayersWin() throws Exception {
    Path file = file("edge.port=1\nconsole.port=1\nstream.threads=1\nedge.host=0.0.0.0\n");

    Config config =
        Config.load(
            HOME,
            Optional.of(file),
            Map.of("MILLRACE_CONSOLE_PORT", "2", "MILLRACE_STREAM_THREADS", "2", "PATH", "/bin"),
            Map.of("stream.threads", "3"));

    assertThat(config.edge().host()).isEqualTo("0.0.0.0");
    assertThat(config.edge().port()).isEqualTo(1);
    assertThat(config.console().port()).isEqualTo(2);
    assertThat(config.stream().settings().threads()).isEqualTo(3);
  }

  @Test
  void passesClientSettingsOnUnderTheirOwnNames() throws InvalidConfigException {
    Config config =
        Config.load(
            HOME,
            Optional.empty(),
            Map.of("MILLRACE_KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL"),
            Map.of(
                "kafka.client.sasl.jaas.config", "secret",
                "registry.client.token", "secret",
                "stream.client.sasl.jaas.config", "secret"));

    assertThat(config.kafka().clientProperties())
        .isEqualTo(Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", "secret"));
    assertThat(config.registry().properties()).isEqualTo(Map.of("token", "secret"));
    assertThat(config.stream().settings().properties())
        .isEqualTo(Map.of("sasl.jaas.config", "secret"));
    assertThat(config.toString()).doesNotContain("secret");
  }

  @Test
  void leavesTheLaunchersVariablesAndTheSourcesSecretsAlone() {
    Map<String, String> environment =
        Map.of("MILLRACE_JAVA_OPTS", "-Xmx4g", "MILLRACE_SECRET_BILLING", "s");

    assertThat(load(environment, Map.of())).isEmpty();
  }

  @Test
  void reportsEveryFaultAtOnce() throws IOException {
    Path file = file("edge.port = 99999\nedge.prt = 1\n");

    assertThatThrownBy(
            () ->
                Config.load(
                    HOME,
                    Optional.of(file),
                    Map.of("MILLRACE_EDGE_DRAIN_TIME", "20s"),
                    Map.of("stream.roles", "records,scores", "edge.body.limit", "8 MB")))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(
            """
            invalid settings (see docs/configuration.md):
              edge.prt (from file %1$s) is not a setting; did you mean edge.port?
              edge.port = 99999 (from file %1$s) must be a number from 0 to 65535
              edge.body.limit = 8 MB (from --set) must be a size from 1 B to 7 MB, such as 512 kB
              edge.drain.time = 20s (from environment MILLRACE_EDGE_DRAIN_TIME) must be a duration from PT0S to PT5M
              stream.roles = records,scores (from --set) must be one or more of normalize, records, engagement, identity, accounts, separated by commas\
            """
                .formatted(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge.prot", "edge.ports", "egde.port", "edge.por", "Edge.Port"})
  void namesTheSettingThatWasProbablyMeant(String typed) {
    assertThatThrownBy(() -> Config.load(HOME, Optional.empty(), Map.of(), Map.of(typed, "9999")))
        .hasMessageContaining("did you mean edge.port")
        .satisfies(fault -> assertThat(fault.getMessage()).hasSizeLessThan(200));
  }

  @Test
  void namesNoSettingForAWordThatResemblesNone() {
    assertThatThrownBy(
            () -> Config.load(HOME, Optional.empty(), Map.of(), Map.of("something.else", "1")))
        .message()
        .endsWith("something.else (from --set) is not a setting");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "console.token=hunter2-hunter2",
        "connect.password=hunter2-hunter2",
        "warehouse.password=hunter2-hunter2",
        "warehouse.jdbc.url=jdbc:postgresql://db/warehouse?user=a&password=hunter2-hunter2",
        "connect.url=ftp://operator:hunter2-hunter2@connect",
        "registry.url=ftp://operator:hunter2-hunter2@registry",
        "console.tokn=hunter2-hunter2"
      })
  void neverShowsASecretThatWasSetByMistake(String setting) throws Exception {
    String[] both = setting.split("=", 2);
    Map<String, String> variable =
        Map.of("MILLRACE_" + both[0].toUpperCase(Locale.ROOT).replace('.', '_'), both[1]);

    assertThatThrownBy(
            () -> Config.load(HOME, Optional.empty(), Map.of(), Map.of(both[0], both[1])))
        .hasMessageContaining(both[0] + " (from --set) ")
        .message()
        .doesNotContain("hunter2");
    assertThatThrownBy(() -> Config.load(HOME, Optional.empty(), variable, Map.of()))
        .message()
        .doesNotContain("hunter2");
    assertThatThrownBy(() -> Config.load(HOME, Optional.of(file(setting)), Map.of(), Map.of()))
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void reportsAFileThatIsNotThere() {
    assertThatThrownBy(
            () ->
                Config.load(
                    HOME, Optional.of(folder.resolve("missing.properties")), Map.of(), Map.of()))
        .hasMessageContaining("there is no file " + folder.resolve("missing.properties"));
  }

  @Test
  void shiftsThePortsThatAreNotSet() throws Exception {
    Config config =
        Config.load(HOME, Optional.empty(), Map.of(), Map.of("console.port", "8090"), 100);

    assertThat(config.edge().port()).isEqualTo(8180);
    assertThat(config.console().port()).isEqualTo(8090);
    assertThat(config.kafka().bootstrapServers()).isEqualTo("127.0.0.1:9192");
    assertThat(config.registry().url()).isEqualTo("http://127.0.0.1:8181/apis/ccompat/v7");
    assertThat(config.connect().url()).hasToString("http://127.0.0.1:8183");
    assertThat(config.warehouse().jdbcUrl()).endsWith(":15532/warehouse");
    assertThat(config.stream().settings().threads()).isEqualTo(1);
    assertThat(config.edge().network().limits()).isEqualTo(Settings.defaults(LimitSettings.class));
  }

  @Test
  void doesNotRepeatTheValueOfAMisspeltSecret() {
    assertThat(load(Map.of(), Map.of("warehouse.pasword", "hunter2")))
        .contains("warehouse.pasword (from --set) is not a setting")
        .doesNotContain("hunter2");
  }

  @Test
  void refusesWhatIsNotAllowed() {
    Map<String, String> refused =
        Map.ofEntries(
            Map.entry("kafka.bootstrap.servers", "kafka"),
            Map.entry("registry.url", "registry:8081"),
            Map.entry("registry.serializer", "Serializer"),
            Map.entry("sources.directory", ""),
            Map.entry("topics.replication", "0"),
            Map.entry("edge.host", "a b"),
            Map.entry("edge.body.limit", "1 GB"),
            Map.entry("edge.port", "http"),
            Map.entry("edge.trusted.proxies", "10.0.0.0/8, proxy.example.com"),
            Map.entry("edge.trusted.headers", "via"),
            Map.entry("edge.proxy.protocol", "yes"),
            Map.entry("edge.unverified.limit", "many"),
            Map.entry("stream.roles", ""),
            Map.entry("stream.application.prefix", "a b"),
            Map.entry("stream.commit.interval", "PT0S"),
            Map.entry("connect.url", "ftp://x"),
            Map.entry("warehouse.jdbc.url", "jdbc:mysql://x/y"),
            Map.entry("warehouse.user", ""));

    assertThat(load(Map.of(), refused).lines().skip(1)).hasSize(refused.size());
  }

  @Test
  void saysWhichSettingsOfTheNetworkBelongTogether() {
    assertThat(load(Map.of(), Map.of("edge.tls.key", "key.pem")))
        .contains("edge.tls.certificate and edge.tls.key belong together");
    assertThat(load(Map.of(), Map.of("edge.tls.client.ca", "ca.pem")))
        .contains("need edge.tls.certificate");
    assertThat(load(Map.of(), Map.of("edge.proxy.protocol", "true")))
        .contains("edge.proxy.protocol needs edge.trusted.proxies");
    assertThat(
            load(
                Map.of(),
                Map.of("stream.group.protocol", "streams", "stream.standby.replicas", "1")))
        .contains("stream.standby.replicas is 1, but");
  }

  @Test
  void reportsWhatIsWrongWithFilesOfTlsThatAreNotAllThere() {
    assertThat(load(Map.of(), Map.of("edge.tls.certificate", "a\0b")).lines().skip(1))
        .containsExactly("  edge.tls.certificate = a\0b (from --set) must be a path");
    assertThat(
            load(Map.of(), Map.of("edge.tls.certificate", "a\0b", "edge.tls.key", "key.pem"))
                .lines()
                .skip(1))
        .hasSize(2);
  }

  @Test
  void readsTheNetworkOfTheEdge() throws Exception {
    Map<String, String> settings =
        Map.of(
            "edge.trusted.proxies", "10.0.0.0/8, 2001:db8::/32",
            "edge.trusted.headers", "x-forwarded",
            "edge.tls.certificate", "tls.crt",
            "edge.tls.key", "tls.key",
            "edge.tls.key.passphrase", "hunter2",
            "edge.unverified.limit", "5/s burst 9");

    Config config = Config.load(HOME, Optional.empty(), Map.of(), settings);

    ProxySettings proxies = config.edge().network().proxies();
    assertThat(proxies.trusted()).hasToString("[10.0.0.0/8, 2001:db8::/32]");
    assertThat(proxies.headers()).isEqualTo(ForwardingHeaders.X_FORWARDED);
    assertThat(config.edge().network().tls().orElseThrow().key()).isEqualTo(Path.of("tls.key"));
    assertThat(config.edge().scheme()).isEqualTo("https");
    assertThat(config.toString()).doesNotContain("hunter2");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("millrace.properties"), text);
  }

  /** The message of the faults, empty when there are none. */
  private static String load(Map<String, String> environment, Map<String, String> settings) {
    try {
      Config.load(HOME, Optional.empty(), environment, settings);
      return "";
    } catch (InvalidConfigException e) {
      return e.getMessage();
    }
  }
}
