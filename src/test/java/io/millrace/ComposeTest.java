package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.millrace.config.Config;
import io.millrace.config.Defaults;
import io.millrace.config.InvalidConfigException;
import io.millrace.config.setting.Setting;
import io.millrace.config.setting.Settings;
import io.millrace.connect.RestGuard;
import io.millrace.tidy.Checkout;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The compose file and the images agree with the code, the settings and the versions built. */
class ComposeTest {
  private static final String DOCKERFILE = Checkout.read("Dockerfile");
  private static final List<String> OUR_PROCESSES = List.of("edge", "stream");

  private final JsonNode compose;

  ComposeTest() throws IOException {
    compose = new ObjectMapper(new YAMLFactory()).readTree(Checkout.read("docker-compose.yml"));
  }

  @Test
  void everyPartHasAServiceThatTellsItsHealth() {
    Map<String, JsonNode> services = services();

    assertThat(services.keySet())
        .containsExactlyInAnyOrder("broker", "registry", "postgres", "connect", "edge", "stream");
    assertThat(services.values()).allMatch(service -> service.at("/healthcheck/test").size() > 1);
  }

  @Test
  void waitsUntilWhatItNeedsIsHealthy() {
    services()
        .forEach(
            (name, service) ->
                service
                    .path("depends_on")
                    .properties()
                    .forEach(
                        needed -> {
                          assertThat(services()).containsKey(needed.getKey());
                          assertThat(needed.getValue().path("condition").asText())
                              .as("%s waits for %s", name, needed.getKey())
                              .isEqualTo("service_healthy");
                        }));
  }

  @Test
  void publishesTheDefaultPortsOnThisHostOnly() {
    assertThat(published("edge")).contains(Defaults.of("edge.port"));
    assertThat(published("stream")).containsExactly(Defaults.of("console.port"));
    assertThat(published("registry")).containsExactly(portOf(Defaults.of("registry.url")));
    assertThat(published("connect")).containsExactly(portOf(Defaults.of("connect.url")));
    assertThat(published("postgres"))
        .containsExactly(portOf(Defaults.of("warehouse.jdbc.url").substring("jdbc:".length())));
    assertThat(published("broker"))
        .containsExactly(portOf("kafka://" + Defaults.of("kafka.bootstrap.servers")));
  }

  @Test
  void setsOnlyWhatThereIsAndWhatIsAllowed() throws InvalidConfigException {
    for (String process : OUR_PROCESSES) {
      Config config =
          Config.load(Path.of("/opt/millrace"), Optional.empty(), environment(process), Map.of());

      assertThat(config.kafka().bootstrapServers()).isEqualTo("broker:19092");
      assertThat(config.topology().sources()).isEqualTo(Path.of("/opt/millrace/topology/sources"));
    }
  }

  @Test
  void reachesTheOthersUnderTheirNamesAndPorts() {
    Map<String, String> stream = environment("stream");

    assertThat(environment("broker").get("KAFKA_ADVERTISED_LISTENERS"))
        .contains("BROKER://" + stream.get("MILLRACE_KAFKA_BOOTSTRAP_SERVERS"));
    assertThat(stream.get("MILLRACE_REGISTRY_URL"))
        .isEqualTo(Defaults.of("registry.url").replace("127.0.0.1", "registry"));
    assertThat(environment("registry").get("QUARKUS_HTTP_PORT"))
        .isEqualTo(portOf(Defaults.of("registry.url")));
    assertThat(stream.get("MILLRACE_CONNECT_URL"))
        .isEqualTo(Defaults.of("connect.url").replace("127.0.0.1", "connect"));
    assertThat(stream.get("MILLRACE_WAREHOUSE_JDBC_URL"))
        .isEqualTo("jdbc:postgresql://postgres:5432/" + environment("postgres").get("POSTGRES_DB"));
    assertThat(stream.get("MILLRACE_WAREHOUSE_USER"))
        .isEqualTo(environment("postgres").get("POSTGRES_USER"));
    assertThat(Checkout.read("docker/connect.properties"))
        .contains("bootstrap.servers=" + stream.get("MILLRACE_KAFKA_BOOTSTRAP_SERVERS") + "\n")
        .contains(":" + portOf(Defaults.of("connect.url")) + "\n");
  }

  @Test
  void runsTheVersionsThatWereBuilt() {
    String pom = Checkout.read("pom.xml");

    assertThat(image("broker"))
        .isEqualTo("apache/kafka:" + first(pom, "<kafka.version>(.*)</kafka.version>"));
    assertThat(image("registry"))
        .isEqualTo(
            "apicurio/apicurio-registry:"
                + first(pom, "<apicurio-registry.version>(.*)</apicurio-registry.version>"));
    assertThat(image("postgres"))
        .isEqualTo("postgres:" + first(pom, "binaries-bom</artifactId>\\s*<version>(\\d+)"));
    assertThat(Integer.valueOf(first(DOCKERFILE, "JAVA_IMAGE=eclipse-temurin:(\\d+)-jre")))
        .isGreaterThanOrEqualTo(
            Integer.valueOf(first(pom, "<maven.compiler.release>(\\d+)</maven.compiler.release>")));
  }

  @Test
  void everyPlaceholderOfAConnectorIsASetting() {
    Path connectors = Path.of("topology/connectors");
    List<Path> files =
        exists(connectors.toString()) ? Checkout.filesIn(connectors.toString()) : List.of();

    List<String> keys = Settings.of(Config.class).stream().map(Setting::key).toList();

    // ${provider:path:key} is Connect's own.
    for (Path file : files) {
      assertThat(all(Checkout.read(file), "\\$\\{([^:}]+)}"))
          .as(file.toString())
          .allMatch(keys::contains);
    }
  }

  @Test
  void holdsNoSecret() {
    for (String service : services().keySet()) {
      environment(service, value -> value)
          .forEach(
              (name, value) -> {
                if (name.contains("PASSWORD") || name.contains("SECRET")) {
                  assertThat(value).as(name).matches("\\$\\{[A-Z_]+:\\?.+}|env:[A-Z_]+");
                }
              });
    }
    assertThat(Checkout.read(".env.example"))
        .contains("\nWAREHOUSE_PASSWORD=\n", "\nCONNECT_PASSWORD=\n");
    assertThat(Checkout.read(".gitignore")).contains("\n/.env\n", "\n/sources.env\n");
  }

  @Test
  void connectResolvesThePasswordAndKnowsNoOtherVariable() throws IOException {
    Properties worker = new Properties();
    worker.load(new StringReader(Checkout.read("docker/connect.properties")));
    Pattern allowed =
        Pattern.compile(worker.getProperty("config.providers.env.param.allowlist.pattern"));

    // The default of warehouse.password, which nothing in the file overrides.
    assertThat(Defaults.of("warehouse.password")).isEqualTo("${env:WAREHOUSE_PASSWORD}");
    assertThat(environment("stream"))
        .doesNotContainKeys("MILLRACE_WAREHOUSE_PASSWORD", "WAREHOUSE_PASSWORD");
    assertThat(worker.getProperty("config.providers")).isEqualTo("env");
    assertThat(environment("connect").keySet())
        .containsExactlyInAnyOrder("WAREHOUSE_PASSWORD", "CONNECT_PASSWORD")
        .allMatch(name -> allowed.matcher(name).matches());
    assertThat(allowed.matcher("PATH").matches()).isFalse();
  }

  @Test
  void connectIsGuarded() throws IOException {
    Properties worker = new Properties();
    worker.load(new StringReader(Checkout.read("docker/connect.properties")));

    assertThat(worker.getProperty("rest.extension.classes")).isEqualTo(RestGuard.class.getName());
    assertThat(worker.getProperty(RestGuard.PASSWORD)).isEqualTo("${env:CONNECT_PASSWORD}");
    assertThat(worker.getProperty(RestGuard.HOSTS))
        .isEqualTo(URI.create(environment("stream").get("MILLRACE_CONNECT_URL")).getHost());
    assertThat(environment("stream").get("MILLRACE_CONNECT_PASSWORD"))
        .isEqualTo("env:CONNECT_PASSWORD");
  }

  @Test
  void mountsAndReadsFilesThatExist() {
    for (JsonNode service : services().values()) {
      for (JsonNode volume : service.path("volumes")) {
        String source = volume.asText().split(":", -1)[0];
        if (source.equals("./secrets")) {
          // Every installation has its own.
          continue;
        }
        assertThat(source.startsWith("./") ? exists(source) : compose.path("volumes").has(source))
            .as(source)
            .isTrue();
      }
      for (JsonNode file : service.path("env_file")) {
        assertThat(exists(file.asText() + ".example")).as(file.asText()).isTrue();
      }
    }
  }

  @Test
  void capturedSecretsCanBeWrittenOutsideTheImageAndTheSources() {
    assertThat(volume("edge", "./secrets")).isEqualTo("/opt/millrace/secrets");
    assertThat(DOCKERFILE)
        .containsPattern("install -d -m 700 -o millrace -g millrace /opt/millrace/secrets");
    // What the manual says relative to a source's file is this folder, in the image and beside it.
    assertThat(Path.of("/opt/millrace/topology/sources/../../secrets").normalize())
        .isEqualTo(Path.of("/opt/millrace/secrets"));
    for (String page : List.of("docs/secrets.md", "docs/handshakes.md")) {
      assertThat(all(Checkout.read(page), "file:([\\w./-]+)(?=\"|\\s)"))
          .as(page)
          .isNotEmpty()
          .allMatch(path -> path.startsWith("../../secrets/"));
    }
  }

  @Test
  void keepsWhatMustOutliveAContainerOnAVolume() {
    assertThat(environment("edge").get("MILLRACE_EDGE_SPOOL_DIRECTORY"))
        .startsWith(volume("edge", "edge-spool") + "/");
    assertThat(environment("stream").get("MILLRACE_STREAM_STATE_DIRECTORY"))
        .startsWith(volume("stream", "stream-state") + "/");
  }

  /** Where a service finds a volume. */
  private String volume(String service, String name) {
    for (JsonNode volume : compose.at("/services/" + service + "/volumes")) {
      if (volume.asText().startsWith(name + ":")) {
        return volume.asText().substring(name.length() + 1);
      }
    }
    throw new AssertionError(service + " has no volume " + name);
  }

  @Test
  void buildsImagesFromWhatExistsAndRunsThemAsAUser() {
    List<String> stages = all(DOCKERFILE, "(?m)^FROM \\S+ AS (\\S+)");

    for (JsonNode service : services().values()) {
      if (service.has("build")) {
        assertThat(stages).contains(service.at("/build/target").asText());
      }
    }
    assertThat(all(DOCKERFILE, "(?m)^USER (\\S+)")).containsExactly("millrace");
    assertThat(DOCKERFILE).contains("FROM millrace AS connect");
    for (String process : OUR_PROCESSES) {
      assertThat(compose.at("/services/" + process + "/command/0").asText()).isEqualTo(process);
    }
  }

  @Test
  void everyImageStartsWithWhatItsTrainingLearned() {
    String written = first(DOCKERFILE, "-XX:AOTCacheOutput=(\\S+)");

    assertThat(DOCKERFILE).contains("io.millrace.Training edge");
    assertThat(all(DOCKERFILE, "\"-XX:AOTCache=([^\"]+)\"")).containsExactly(written, written);
    assertThat(all(DOCKERFILE, "\"(-Xlog:aot\\*=off)\"")).hasSize(2);
    // With another class path the JVM would refuse it.
    assertThat(all(DOCKERFILE, "-cp[\", ]+([^\\s\",]+)"))
        .hasSize(3)
        .containsOnly("/opt/millrace/millrace.jar");
    assertThat(Checkout.read("pom.xml")).contains("<addClasspath>true</addClasspath>");
  }

  private Map<String, JsonNode> services() {
    Map<String, JsonNode> services = new TreeMap<>();
    compose.path("services").properties().forEach(it -> services.put(it.getKey(), it.getValue()));
    return services;
  }

  /** The ports of the host that a service takes. */
  private List<String> published(String service) {
    List<String> ports = new ArrayList<>();
    for (JsonNode port : compose.at("/services/" + service + "/ports")) {
      String[] parts = port.asText().split(":", -1);
      assertThat(parts).as("%s of %s", port, service).hasSize(3).startsWith("127.0.0.1");
      ports.add(parts[1]);
    }
    return ports;
  }

  /** A service's environment, with text in place of what Compose would fill in. */
  private Map<String, String> environment(String service) {
    return environment(service, value -> value.startsWith("${") ? "filled-in" : value);
  }

  private Map<String, String> environment(String service, UnaryOperator<String> filled) {
    Map<String, String> environment = new TreeMap<>();
    compose
        .at("/services/" + service + "/environment")
        .properties()
        .forEach(it -> environment.put(it.getKey(), filled.apply(it.getValue().asText())));
    return environment;
  }

  private String image(String service) {
    return compose.at("/services/" + service + "/image").asText();
  }

  private static String portOf(String url) {
    return String.valueOf(URI.create(url).getPort());
  }

  private static boolean exists(String path) {
    return Files.exists(Checkout.ROOT.resolve(path));
  }

  private static String first(String text, String pattern) {
    return all(text, pattern).getFirst();
  }

  private static List<String> all(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
