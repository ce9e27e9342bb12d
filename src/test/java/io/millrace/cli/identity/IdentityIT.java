package io.millrace.cli.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.app.Exit;
import io.millrace.edge.testing.OneSource;
import io.millrace.event.Delivery;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.IdentityDecision;
import io.millrace.event.LeadScore;
import io.millrace.event.Person;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.FlowCluster;
import io.millrace.flow.testing.FlowCluster.Sent;
import io.millrace.flow.testing.FlowProcess;
import io.millrace.flow.testing.ObservedTopics;
import io.millrace.flow.testing.TestRules;
import io.millrace.identity.whatif.Decisions;
import io.millrace.kafka.read.TopicOffsets;
import io.millrace.kafka.topic.Topic;
import io.millrace.normalize.Normalizer;
import io.millrace.normalize.testing.TestIds;
import io.millrace.source.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of identities: deliveries, three roles on a broker, and the commands. */
class IdentityIT {
  private static final String PREFIX = "who";
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @TempDir private Path directory;

  private final List<FlowProcess> processes = new ArrayList<>();
  private final List<Sent<Delivery>> deliveries = new ArrayList<>();
  private FlowCluster cluster;
  private ObservedTopics observed;
  private TopicOffsets offsets;
  private Normalizer normalizer;
  private Sources sources;

  @BeforeEach
  void start() throws Exception {
    cluster = FlowCluster.start(directory.resolve("broker"));
    cluster.reset();
    observed = new ObservedTopics(cluster);
    offsets = new TopicOffsets(cluster.kafka());
    normalizer = new Normalizer(TestIds.rules());
    OneSource.all(directory, "crm", "provider: envelope\nsecrets: [{ref: env:A}]\n");
    sources = OneSource.all(directory, "shop", "provider: envelope\nsecrets: [{ref: env:A}]\n");
    for (String role : List.of("normalize", "engagement", "identity")) {
      processes.add(process(PREFIX, role).start());
    }
  }

  @AfterEach
  void stop() {
    processes.forEach(FlowProcess::close);
    offsets.close();
    observed.close();
    cluster.close();
  }

  @Test
  void peopleAreJoinedSplitAndFoundAgain() throws Exception {
    // Bob and Carla share a browser, and Dave and Erik do the same without ever sharing one.
    lives("ada", "bob", "dave");
    form("bob", "carla", 40);
    form("erik", "erik", 40);
    cluster.send(Topics.DELIVERIES_RECEIVED, deliveries);

    joined("ada", "contact:crm:ada", "anonymous:shop:ada");
    joined("bob", "contact:crm:bob", "anonymous:shop:bob", "email::carla@example.com");
    until(
        "all points of a browser and a form",
        () -> assertThat(score("ada").getScore()).isEqualTo(27));
    until("and those of a second form", () -> assertThat(score("bob").getScore()).isEqualTo(42));
    until(
        "one row for each person",
        () ->
            assertThat(rows(Topics.LEAD_SCORES))
                .containsOnlyKeys(people("ada", "bob", "dave", "erik")));

    String[] split = {"split", "bob@example.com", "carla@example.com", "--reason", "two people"};
    PeopleCommands commands = commands();
    String[] trial = Stream.concat(Stream.of(split), Stream.of("--dry-run")).toArray(String[]::new);
    assertThat(commands.run(trial)).isEqualTo(Exit.DONE);
    assertThat(commands.out()).contains("3:  email:bob@example.com", "dry run");
    assertThat(commands.out()).doesNotContain("likely outcome");
    assertThat(commands.run(split)).as(commands.err()).isEqualTo(Exit.DONE);

    joined("bob", "contact:crm:bob", "anonymous:shop:bob");
    until("as before", () -> assertThat(account("bob")).isEqualTo(account("dave")));
    until("only her own", () -> assertThat(account("carla")).isEqualTo(account("erik")));
    assertThat(commands.run("show", "carla@example.com")).isEqualTo(Exit.DONE);
    assertThat(commands.out()).contains("kept apart from: 1", "two people");

    rebuilt();
    assertThat(rows(Topics.DEAD_LETTERS)).isEmpty();
  }

  /** A role that forgot everything finds the same people in the topics. */
  private void rebuilt() {
    processes.removeLast().close();
    Map<String, IdentityAssignment> before = assignments();
    Map<String, Person> people = rows(Topics.PEOPLE);
    int written = observed.records(Topics.IDENTITY_ASSIGNMENTS).size();
    FlowProcess again = process(PREFIX + "-again", "identity").start();
    processes.add(again);
    until(
        "everything is decided again",
        () -> {
          assertThat(offsets.left(PREFIX + "-again-identity", Topics.IDENTITY_LINKS.name()))
              .isNotEmpty()
              .allSatisfy((partition, left) -> assertThat(left).isZero());
          assertThat(offsets.left(PREFIX + "-again-identity", Topics.IDENTITY_DECISIONS.name()))
              .isNotEmpty()
              .allSatisfy((partition, left) -> assertThat(left).isZero());
          observed.lookAtAll();
          assertThat(observed.records(Topics.IDENTITY_ASSIGNMENTS).size()).isGreaterThan(written);
        });
    assertThat(assignments()).isEqualTo(before);
    assertThat(rows(Topics.PEOPLE)).isEqualTo(people);
  }

  private FlowProcess process(String prefix, String role) {
    return new FlowProcess(
        cluster.kafka(),
        role,
        FlowProcess.settings(prefix, "1", directory.resolve(prefix + role), "classic"),
        (delivery, partition, offset) -> normalizer.normalize(sources, delivery, partition, offset),
        TestRules.impatient(),
        new Topology());
  }

  /** Each looks at prices without a name, gives an address, and becomes a contact. */
  private void lives(String... people) {
    for (String name : people) {
      for (int visit = 0; visit < 2; visit++) {
        deliver(
            "shop",
            "page.viewed",
            60 - visit,
            "\"anonymous_id\": \"%s\", \"path\": \"/pricing\"".formatted(name));
      }
      form(name, name, 50);
      deliver(
          "crm",
          "contact.created",
          45,
          "\"contact_id\": \"%s\", \"email\": \"%s@example.com\"".formatted(name, name));
    }
  }

  private void form(String browser, String name, int minutesAgo) {
    deliver(
        "shop",
        "form.submitted",
        minutesAgo,
        "\"anonymous_id\": \"%s\", \"email\": \"%s@example.com\"".formatted(browser, name));
  }

  private void deliver(String source, String type, int minutesAgo, String data) {
    String id = "e" + deliveries.size();
    Instant at = now.minus(Duration.ofMinutes(minutesAgo));
    String body =
        "{\"event_id\": \"%s\", \"event_type\": \"%s\", \"timestamp\": \"%s\", \"data\": {%s}}"
            .formatted(id, type, at, data);
    Delivery delivery =
        Delivery.newBuilder()
            .setDeliveryId(id)
            .setSource(source)
            .setReceivedAt(now)
            .setMethod("POST")
            .setUrl("https://hooks.example.com/in/" + source)
            .setHeaders(Map.of())
            .setBody(UTF_8.encode(body))
            .setRemoteAddress("192.0.2.1")
            .setAssurance("BODY_SIGNED")
            .build();
    deliveries.add(new Sent<>(id, delivery, now.toEpochMilli()));
  }

  private void joined(String name, String... others) {
    String[] ids =
        Stream.concat(Stream.of("email::%s@example.com".formatted(name)), Stream.of(others))
            .map(IdentityIT::id)
            .toArray(String[]::new);
    until(
        name + " has all identifiers",
        () ->
            assertThat(rows(Topics.PEOPLE).get(ids[0]))
                .isNotNull()
                .extracting(Person::getIdentifiers)
                .satisfies(
                    found ->
                        assertThat(found)
                            .extracting(each -> each.getIdentifier().getId())
                            .containsExactlyInAnyOrder(ids)));
  }

  /** Identifiers are kind:system:value. */
  private static String id(String text) {
    String[] parts = text.split(":", 3);
    return TestIds.id(parts[0], parts[1], parts[2]);
  }

  private static String[] people(String... names) {
    return Stream.of(names)
        .map(name -> TestIds.email(name + "@example.com"))
        .toArray(String[]::new);
  }

  private LeadScore score(String name) {
    LeadScore row = rows(Topics.LEAD_SCORES).get(people(name)[0]);
    assertThat(row).as("the score of " + name).isNotNull();
    return Objects.requireNonNull(row);
  }

  /** A score without whose it is. */
  private LeadScore account(String name) {
    return LeadScore.newBuilder(score(name)).setPerson("somebody").build();
  }

  private Map<String, IdentityAssignment> assignments() {
    Map<String, IdentityAssignment> rows = rows(Topics.IDENTITY_ASSIGNMENTS);
    rows.replaceAll((id, row) -> IdentityAssignment.newBuilder(row).setNumber(0).build());
    return rows;
  }

  private <V extends SpecificRecord> Map<String, V> rows(Topic<V> topic) {
    observed.lookAtAll();
    Map<String, V> rows = new TreeMap<>();
    observed
        .records(topic)
        .forEach(
            record -> {
              if (record.value() == null) {
                rows.remove(record.key());
              } else {
                rows.put(record.key(), ObservedTopics.value(topic, record.value()));
              }
            });
    return rows;
  }

  private static void until(String what, FlowCluster.Condition condition) {
    FlowCluster.until(what, PATIENCE, condition);
  }

  private PeopleCommands commands() {
    return new PeopleCommands(
        () ->
            new Desk(
                new IdentityTopics(new ObservedRecords(observed)),
                TestRules.real().identity(),
                new IdentifierQuery(
                    () -> TestIds.IDS, TestRules.real().identity(), () -> List.of("crm", "shop")),
                this::write,
                TestRules.real().records().byType().keySet()));
  }

  private BooleanSupplier write(IdentityDecision decision) {
    String topic = Topics.IDENTITY_DECISIONS.name();
    try {
      cluster.send(
          Topics.IDENTITY_DECISIONS,
          List.of(new Sent<>(Decisions.key(decision), decision, System.currentTimeMillis())));
    } catch (Exception failure) {
      throw new IllegalStateException("The decision was not written", failure);
    }
    Map<Integer, Long> ends = offsets.ends(topic);
    return () -> offsets.hasRead(PREFIX + "-identity", topic, ends);
  }
}
