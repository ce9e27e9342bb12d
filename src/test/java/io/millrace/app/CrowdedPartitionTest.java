package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.kafka.log.KafkaDeliveryLog;
import io.millrace.provider.Catalogue;
import io.millrace.source.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrowdedPartitionTest {
  private static final int PARTITIONS = 12;
  private static final int LOUD = KafkaDeliveryLog.partitionOf("leads", PARTITIONS);

  @TempDir private Path directory;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Map<Integer, Long> waiting = evenly(0);
  private final CrowdedPartition watch =
      new CrowdedPartition(() -> waiting, this::sources, registry);

  @BeforeEach
  void connect() throws Exception {
    source("leads", "envelope", "");
    source("email", "sendgrid", "");
  }

  @Test
  void namesTheSourceWhoseBacklogOneThreadReads() {
    waiting.put(LOUD, 90_000L);

    assertThat(watch.look()).as("it may go away by itself").isEmpty();
    assertThat(watch.look())
        .hasValueSatisfying(
            warning ->
                assertThat(warning)
                    .startsWith("90,000 of 90,000 deliveries")
                    .contains("in partition %d of deliveries-received".formatted(LOUD))
                    .contains("All deliveries of leads are in it")
                    .contains("spread: true"));
    assertThat(watch.look()).as("once is enough for a while").isEmpty();
  }

  @Test
  void remindsOfABacklogThatStays() {
    waiting.put(LOUD, 90_000L);
    int told = 0;
    for (int look = 0; look < 60; look++) {
      told += watch.look().isPresent() ? 1 : 0;
    }

    assertThat(told).isEqualTo(3);
  }

  @Test
  void blamesNoSourceWhereAllSpread() throws Exception {
    source("leads", "envelope", "spread: true\n");
    waiting.put(LOUD, 90_000L);
    watch.look();

    assertThat(watch.look())
        .hasValueSatisfying(
            warning ->
                assertThat(warning)
                    .contains("No source uses that partition alone")
                    .doesNotContain("leads"));
  }

  @Test
  void saysNothingOfABacklogEverywhereOrASmallOne() {
    waiting = evenly(90_000);
    assertThat(CrowdedPartition.crowded(waiting)).isEmpty();

    waiting = evenly(0);
    waiting.put(LOUD, CrowdedPartition.MANY - 1);
    assertThat(CrowdedPartition.crowded(waiting)).isEmpty();

    waiting.put(LOUD, CrowdedPartition.MANY);
    assertThat(CrowdedPartition.crowded(waiting)).contains(LOUD);

    assertThat(CrowdedPartition.crowded(Map.of(0, 90_000L))).as("there is no other").isEmpty();
  }

  @Test
  void showsWhatWaitsInEachPartition() {
    waiting.put(LOUD, 7L);
    watch.look();
    waiting.put(LOUD, 5L);
    watch.look();

    assertThat(registry.get("millrace.deliveries.waiting").gauges()).hasSize(PARTITIONS);
    assertThat(
            registry
                .get("millrace.deliveries.waiting")
                .tag("partition", Integer.toString(LOUD))
                .gauge()
                .value())
        .isEqualTo(5);
  }

  private static Map<Integer, Long> evenly(long count) {
    Map<Integer, Long> waiting = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      waiting.put(partition, count);
    }
    return waiting;
  }

  private void source(String name, String provider, String more) throws Exception {
    Files.writeString(
        directory.resolve(name + ".yaml"),
        "source: %s\nprovider: %s\n%ssecrets: [{ref: env:KEY}]\n".formatted(name, provider, more));
  }

  private Sources sources() {
    return Sources.loadWithoutSecrets(directory, Catalogue.bundled());
  }
}
