package io.millrace.flow.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.Event;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.IdentityDecision;
import io.millrace.event.IdentityLink;
import io.millrace.flow.FlowRules;
import io.millrace.flow.MillraceTopology;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StateSerde;
import io.millrace.flow.step.StoreKind;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The roles engagement and identity beside each other. Links and assignments travel between them
 * when the test lets them: until then the homes of identifiers do not know what was decided.
 */
public final class IdentityFlow implements AutoCloseable {
  private final TopologyTestDriver engagement;
  private final TopologyTestDriver identity;
  private final FlowOutputs engaged;
  private final FlowOutputs decided;
  private final TestInputTopic<String, Event> events;
  private final TestInputTopic<String, IdentifierSighting> sightings;
  private final TestInputTopic<String, IdentityLink> links;
  private final TestInputTopic<String, IdentityDecision> decisions;
  private final TestInputTopic<String, IdentityAssignment> assignments;
  private final Deque<TestRecord<String, IdentityLink>> linksUnderway = new ArrayDeque<>();
  private final Deque<TestRecord<String, IdentityAssignment>> assignmentsUnderway =
      new ArrayDeque<>();
  private Instant now;
  private long offset;

  public IdentityFlow(Instant start, FlowRules rules) {
    now = start;
    MillraceTopology topology =
        new MillraceTopology(
            new LocalSerdes(),
            (delivery, partition, offset) -> List.of(),
            source -> Duration.ofDays(3),
            rules,
            (topic, partition) -> true,
            new FlowMetrics(new SimpleMeterRegistry()),
            StoreKind.IN_MEMORY);
    engagement = new TopologyTestDriver(topology.engagement(), RecordsFlow.settings(), start);
    identity = new TopologyTestDriver(topology.identity(), RecordsFlow.settings(), start);
    engaged = new FlowOutputs(engagement);
    decided = new FlowOutputs(identity);
    events = input(engagement, Topics.ENGAGEMENT_EVENTS);
    sightings = input(engagement, Topics.IDENTIFIER_SIGHTINGS);
    assignments = input(engagement, Topics.IDENTITY_ASSIGNMENTS);
    links = input(identity, Topics.IDENTITY_LINKS);
    decisions = input(identity, Topics.IDENTITY_DECISIONS);
  }

  private static <V extends SpecificRecord> TestInputTopic<String, V> input(
      TopologyTestDriver driver, Topic<V> topic) {
    return driver.createInputTopic(
        topic.name(), new StringSerializer(), StateSerde.of(topic.valueType()).serializer());
  }

  /** An event that arrived at the edge some time ago gets here now. */
  public void arrive(Event event) {
    events.pipeInput(event.getRecord().getId(), EngagementEvents.delivered(event, offset++), now);
  }

  /** Identifiers that an event of a record named. */
  public void seen(IdentifierSighting sighting) {
    sightings.pipeInput(sighting.getIdentifiers().getFirst().getId(), sighting, now);
  }

  public void decide(String key, IdentityDecision decision) {
    decisions.pipeInput(key, decision, now);
  }

  /** The oldest link that is under way reaches the role identity; false if there is none. */
  public boolean deliverLink() {
    linksUnderway.addAll(engaged.read(Topics.IDENTITY_LINKS));
    if (linksUnderway.isEmpty()) {
      return false;
    }
    links.pipeInput(linksUnderway.remove());
    return true;
  }

  /** The oldest assignment that is under way reaches its home; false if there is none. */
  public boolean deliverAssignment() {
    assignmentsUnderway.addAll(decided.read(Topics.IDENTITY_ASSIGNMENTS));
    if (assignmentsUnderway.isEmpty()) {
      return false;
    }
    assignments.pipeInput(assignmentsUnderway.remove());
    return true;
  }

  /** Everything that is under way arrives. */
  public void settle() {
    boolean isUnderway = true;
    for (int round = 0; isUnderway; round++) {
      if (round > 100_000) {
        throw new IllegalStateException("messages travel for ever");
      }
      boolean isLinkUnderway = deliverLink();
      isUnderway = deliverAssignment() || isLinkUnderway;
    }
  }

  /** Time passes and nothing arrives. */
  public void pass(Duration time) {
    now = now.plus(time);
    engagement.advanceWallClockTime(time);
    identity.advanceWallClockTime(time);
  }

  /** What the role engagement wrote since it was read last. */
  public <V extends SpecificRecord> List<TestRecord<String, V>> read(Topic<V> topic) {
    return engaged.read(topic);
  }

  /** What the role identity wrote since it was read last. */
  public <V extends SpecificRecord> List<TestRecord<String, V>> readDecided(Topic<V> topic) {
    return decided.read(topic);
  }

  @Override
  public void close() {
    engagement.close();
    identity.close();
  }
}
