package io.millrace.bench.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.answers.Answers;
import io.millrace.bench.answers.WrongAnswers;
import io.millrace.bench.load.MixEvent;
import io.millrace.bench.load.MixEvent.Kind;
import io.millrace.event.Delivery;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.topic.TrustedTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counter of wrong answers, on a case whose faults are known. */
class TextbookTopologyTest {
  private static final long NOON = 1_700_000_000_000L / 60_000 * 60_000;
  private static final long MINUTE = 60_000;

  @TempDir private Path state;

  @Test
  void wrongAnswersOfTheTextbookAreCounted() {
    Answers right = new Answers();
    TextbookAnswers given = new TextbookAnswers();
    try (TopologyTestDriver driver =
        new TopologyTestDriver(TextbookTopology.of(deliveries()), properties())) {
      TestInputTopic<String, Delivery> input =
          driver.createInputTopic(
              Topics.DELIVERIES_RECEIVED.name(), new StringSerializer(), deliveries().serializer());
      MixEvent first = engagement(0, 1, NOON);
      MixEvent[] story = {
        first,
        // Within the window: dropped, as it should be.
        copy(first),
        lead(1, 5, 2, NOON + 25),
        engagement(2, 2, NOON + 20 * MINUTE),
        // A retry, later than the window is long: passes again.
        copy(first),
        // Its minute is closed: lost.
        engagement(3, 1, NOON + 30_000),
        // Happened before what stands, came after it: overwrites it.
        lead(4, 5, 1, NOON + 20),
      };
      for (MixEvent event : story) {
        right.learn(event);
        input.pipeInput(event.sourceName(), event.delivery(event.number()));
      }
      // Closes the minutes; what happens in its own is not asked.
      MixEvent closing = engagement(5, 3, NOON + 60 * MINUTE);
      input.pipeInput(closing.sourceName(), closing.delivery(5));
      read(driver, given);
    }

    assertThat(given.answers().comparedWith(right)).isEqualTo(new WrongAnswers(0, 1, 1, 1));
  }

  private static void read(TopologyTestDriver driver, TextbookAnswers given) {
    driver
        .createOutputTopic(
            TextbookTopology.EVENTS, new StringDeserializer(), new StringDeserializer())
        .readKeyValuesToList()
        .forEach(event -> given.event(event.key, event.value));
    driver
        .createOutputTopic(
            TextbookTopology.MINUTES, new StringDeserializer(), Serdes.Long().deserializer())
        .readKeyValuesToList()
        .forEach(minute -> given.minute(minute.key, minute.value));
    driver
        .createOutputTopic(
            TextbookTopology.RECORDS, new StringDeserializer(), new StringDeserializer())
        .readKeyValuesToList()
        .forEach(record -> given.record(record.key, record.value));
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.put("application.id", "textbook");
    properties.put("bootstrap.servers", "127.0.0.1:1");
    properties.put("state.dir", state.toString());
    properties.put("statestore.cache.max.bytes", 0);
    properties.put("commit.interval.ms", Duration.ofSeconds(1).toMillis());
    return properties;
  }

  private static Serde<Delivery> deliveries() {
    TrustedTypes.declare();
    return Serdes.serdeFrom(
        (topic, delivery) -> {
          try {
            return Delivery.getEncoder().encode(delivery).array();
          } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
          }
        },
        (topic, bytes) -> {
          try {
            return Delivery.getDecoder().decode(bytes);
          } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
          }
        });
  }

  private static MixEvent engagement(int number, int person, long ms) {
    return new MixEvent(number, 1, Kind.ENGAGEMENT, "page.viewed", person, 0, ms, ms, false);
  }

  private static MixEvent lead(int number, int lead, int status, long ms) {
    return new MixEvent(number, 1, Kind.LEAD, "lead.updated", lead, status, ms, ms, false);
  }

  private static MixEvent copy(MixEvent event) {
    return new MixEvent(
        event.number(),
        event.source(),
        event.kind(),
        event.type(),
        event.person(),
        event.status(),
        event.occurredMs(),
        event.arrivedMs(),
        true);
  }
}
