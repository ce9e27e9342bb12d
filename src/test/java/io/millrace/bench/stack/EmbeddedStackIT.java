package io.millrace.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.app.SecretReference;
import io.millrace.event.Contribution;
import io.millrace.event.CrmLead;
import io.millrace.event.LeadScore;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.provision.ConnectClient;
import io.millrace.kafka.provision.Connectors;
import io.millrace.kafka.provision.Provisioning;
import io.millrace.kafka.provision.TopicSettings;
import io.millrace.kafka.testing.WiresCheck;
import io.millrace.kafka.topic.KafkaSettings;
import io.millrace.kafka.topic.RegistrySerdes;
import io.millrace.kafka.topic.RegistrySettings;
import io.millrace.kafka.topic.Topic;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The real parts, from an empty directory, stopped, and started again on what they left. */
class EmbeddedStackIT {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Path TOPOLOGY = Path.of("topology");

  @TempDir(cleanup = CleanupMode.ALWAYS)
  private static Path directory;

  @Test
  void carriesRecordsToTheWarehouseAndContinuesAfterARestart() throws Exception {
    StackSettings settings = StackSettings.of(directory, freeOffset());

    List<ProcessHandle> first = runOnce(settings, this::firstRun);
    assertNothingIsLeft(settings, first);

    List<ProcessHandle> second = runOnce(settings, this::secondRun);
    assertNothingIsLeft(settings, second);
  }

  private List<ProcessHandle> runOnce(StackSettings settings, Run run) throws Exception {
    try (EmbeddedStack stack = new EmbeddedStack(settings, Progress.silent())) {
      StackEndpoints endpoints = stack.start();
      List<ProcessHandle> children = children();
      assertThat(children).describedAs("PostgreSQL, registry and watchdog").hasSizeGreaterThan(1);
      provision(endpoints);
      run.on(endpoints);
      return children;
    }
  }

  private void firstRun(StackEndpoints endpoints) throws Exception {
    try (Client client = new Client(endpoints)) {
      byte[] bytes = client.send(Topics.CRM_LEADS, "L-1", lead("L-1"));
      client.send(Topics.CRM_LEADS, "L-2", lead("L-2"));
      client.send(Topics.LEAD_SCORES, "ada@example.com", score(40));
      client.send(Topics.LEAD_SCORES, "ada@example.com", score(42));

      assertThat(bytes[0]).isZero();
      assertThat(ByteBuffer.wrap(bytes).getInt(1)).isPositive();
      awaitRows(
          endpoints,
          "SELECT id || ' ' || email || ' ' || updated_at FROM crm_leads",
          "L-1 ada@example.com 2026-03-01 12:00:00",
          "L-2 ada@example.com 2026-03-01 12:00:00");
      awaitRows(
          endpoints,
          "SELECT pg_typeof(fields) || ' ' || (fields->>'industry') FROM crm_leads WHERE id = 'L-1'",
          "jsonb mills");
      awaitRows(
          endpoints,
          "SELECT score || ' ' || (contributions->0->>'rule') FROM lead_scores",
          "42 email-opened");

      WiresCheck.run(endpoints, directory.resolve("state"));
      new OtherUsers(endpoints, directory).areKeptOut();

      client.send(Topics.CRM_LEADS, "L-2", null);
      awaitRows(endpoints, "SELECT id FROM crm_leads", "L-1");
    }
  }

  private void secondRun(StackEndpoints endpoints) throws Exception {
    WiresCheck.run(endpoints, directory.resolve("state"));
    awaitRows(endpoints, "SELECT id FROM crm_leads", "L-1");
    try (Client client = new Client(endpoints)) {
      client.sendRaw("crm-leads", "L-9", new byte[] {1, 2, 3});
      client.send(Topics.CRM_LEADS, "L-3", lead("L-3"));
      awaitRows(endpoints, "SELECT id FROM crm_leads", "L-1", "L-3");
    }
  }

  @Test
  void refusesADirectoryThatIsInUse() throws Exception {
    Path taken = Files.createDirectories(directory.resolve("taken"));
    StackSettings settings = StackSettings.of(taken, freeOffset());
    try (DataDirectory holder = DataDirectory.take(taken);
        EmbeddedStack stack = new EmbeddedStack(settings, Progress.silent())) {
      assertThat(holder).isNotNull();
      assertThatThrownBy(stack::start)
          .isInstanceOf(StackException.class)
          .hasMessageContaining("another Millrace is running on " + taken);
    }
  }

  private static void provision(StackEndpoints endpoints) {
    new Provisioning(
            KafkaSettings.of(endpoints.bootstrapServers()),
            RegistrySettings.of(endpoints.confluentUrl()))
        .provision(TopicSettings.load(TOPOLOGY.resolve("topics.yaml")), (short) 1);
    Map<String, String> values =
        Map.of(
            "registry.url", endpoints.confluentUrl(),
            "warehouse.jdbc.url", endpoints.jdbcUrl(),
            "warehouse.user", endpoints.jdbcUser(),
            "warehouse.password", endpoints.jdbcPasswordReference(),
            "topics.replication", "1");
    new ConnectClient(endpoints.connectUrl(), "test", connectPassword(endpoints))
        .put(Connectors.load(TOPOLOGY.resolve("connectors"), values));
  }

  private static String connectPassword(StackEndpoints endpoints) {
    return SecretReference.resolve("file:" + endpoints.connectPasswordFile());
  }

  private static CrmLead lead(String id) {
    return CrmLead.newBuilder()
        .setId(id)
        .setEmail("ada@example.com")
        .setFields(Map.of("industry", "mills"))
        .setSources(List.of("crm"))
        .setUpdatedAt(NOON)
        .build();
  }

  private static LeadScore score(int score) {
    return LeadScore.newBuilder()
        .setPerson("ada@example.com")
        .setScore(score)
        .setContributions(List.of(new Contribution("email-opened", 3L, 12.5)))
        .setModel("default/1")
        .setAsOf(NOON)
        .build();
  }

  private static void awaitRows(StackEndpoints endpoints, String query, String... expected) {
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(SQLException.class)
        .untilAsserted(
            () -> assertThat(rows(endpoints, query)).containsExactlyInAnyOrder(expected));
  }

  private static List<String> rows(StackEndpoints endpoints, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(
                endpoints.jdbcUrl(), endpoints.jdbcUser(), endpoints.jdbcPassword());
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }

  private static List<ProcessHandle> children() {
    return ProcessHandle.current().descendants().toList();
  }

  private static void assertNothingIsLeft(StackSettings settings, List<ProcessHandle> children) {
    // If zombies are not reaped, they stay in the process table, without a program.
    assertThat(children).noneMatch(child -> child.isAlive() && child.info().command().isPresent());
    FreePorts.require(settings.ports());
    assertThat(settings.data().resolve("children")).doesNotExist();
  }

  private static int freeOffset() {
    return IntStream.iterate(20_000, offset -> offset < 40_000, offset -> offset + 100)
        .filter(EmbeddedStackIT::isFree)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int offset) {
    try {
      FreePorts.require(StackSettings.of(directory, offset).ports());
      return true;
    } catch (StackException taken) {
      return false;
    }
  }

  private interface Run {
    void on(StackEndpoints endpoints) throws Exception;
  }

  /** Writes to the stack's topics. */
  private static final class Client implements AutoCloseable {
    private final RegistrySerdes serdes;
    private final Producer<String, byte[]> producer;

    Client(StackEndpoints endpoints) {
      serdes = new RegistrySerdes(RegistrySettings.of(endpoints.confluentUrl()));
      Map<String, Object> properties = Map.of("bootstrap.servers", endpoints.bootstrapServers());
      producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    <V extends SpecificRecord> byte[] send(Topic<V> topic, String key, @Nullable V value)
        throws ExecutionException, InterruptedException {
      byte[] bytes = serdes.values(topic).serializer().serialize(topic.name(), value);
      sendRaw(topic.name(), key, bytes);
      return bytes;
    }

    void sendRaw(String topic, String key, byte @Nullable [] bytes)
        throws ExecutionException, InterruptedException {
      producer.send(new ProducerRecord<>(topic, key, bytes)).get();
    }

    @Override
    public void close() {
      producer.close();
      serdes.close();
    }
  }
}
