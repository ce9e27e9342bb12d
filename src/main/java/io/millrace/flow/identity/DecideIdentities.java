package io.millrace.flow.identity;

import io.millrace.event.GraphNode;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.IdentityChange;
import io.millrace.event.IdentityDecision;
import io.millrace.event.IdentityLink;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import io.millrace.identity.AssignmentChange;
import io.millrace.identity.GraphStore;
import io.millrace.identity.HeldIdentifiers;
import io.millrace.identity.IdentityGraph;
import io.millrace.identity.IdentityRules;
import io.millrace.identity.IdentityState;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides to which person or account each identifier belongs. One task sees every link, so there is
 * always one answer. A link or decision that is not valid becomes a dead letter.
 */
public final class DecideIdentities
    implements Processor<String, SpecificRecord, String, SpecificRecord> {
  public static final String NAME = "decide-identities";
  public static final String NODES = "identity-nodes";

  private static final Logger LOG = LoggerFactory.getLogger(DecideIdentities.class);

  private final IdentityRules rules;
  private final FlowMetrics metrics;
  private StepOutput output;
  private IdentityGraph graph;

  public DecideIdentities(IdentityRules rules, FlowMetrics metrics) {
    this.rules = rules;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    output = new StepOutput(NAME, context, metrics);
    KeyValueStore<String, GraphNode> nodes = context.getStateStore(NODES);
    graph = new IdentityGraph(rules, new Rows(nodes));
  }

  private record Rows(KeyValueStore<String, GraphNode> nodes) implements GraphStore {
    @Override
    public Optional<GraphNode> find(String id) {
      return Optional.ofNullable(nodes.get(id));
    }

    @Override
    public void put(String id, GraphNode row) {
      nodes.put(id, row);
    }
  }

  @Override
  public void process(Record<String, SpecificRecord> record) {
    SpecificRecord input = record.value();
    Cause cause = Cause.ofEngagement("identity:" + record.key(), input, record.timestamp());
    output.attempt(cause, decision(input)).ifPresent(outcome -> write(outcome, cause));
  }

  private Supplier<IdentityGraph.Outcome> decision(SpecificRecord input) {
    return () ->
        switch (input) {
          case IdentityLink link -> graph.link(link);
          case IdentityDecision decision -> graph.decide(decision);
          default ->
              throw new IllegalArgumentException(
                  "Neither a link nor a decision: " + input.getSchema().getName());
        };
  }

  private void write(IdentityGraph.Outcome outcome, Cause cause) {
    for (AssignmentChange change : outcome.changes()) {
      IdentityAssignment after = change.after();
      String id = after.getIdentifier().getId();
      output.write(Topics.IDENTITY_ASSIGNMENTS, id, after, cause);
      metrics.assignment(after.getState());
      announced(change, cause.arrival())
          .ifPresent(news -> output.write(Topics.IDENTITIES_CHANGED, id, news, cause));
    }
    for (HeldIdentifiers held : outcome.held()) {
      metrics.held(held.count());
      LOG.warn(
          "{} identifiers are held, each as a person by itself: all of them are linked, which is"
              + " too many to be one. One of them is {}; block the identifier that links them",
          held.count(),
          held.identifier());
    }
  }

  /** What readers are told: not that another link explains the same. */
  private static Optional<IdentityChange> announced(AssignmentChange change, long arrival) {
    IdentityAssignment after = change.after();
    String id = after.getIdentifier().getId();
    String owner = change.before().map(IdentityAssignment::getOwner).orElse(id);
    String state =
        change.before().map(IdentityAssignment::getState).orElse(IdentityState.ALONE.name());
    boolean isSame =
        owner.equals(after.getOwner())
            && state.equals(after.getState())
            && change
                .before()
                .map(IdentityAssignment::getApartFrom)
                .map(after.getApartFrom()::equals)
                .orElse(after.getApartFrom().isEmpty());
    if (isSame) {
      return Optional.empty();
    }
    String left = after.getOwner().equals(id) ? "SPLIT" : "JOINED";
    return Optional.of(
        IdentityChange.newBuilder()
            .setChange(owner.equals(after.getOwner()) ? "STATE" : left)
            .setIdentifier(after.getIdentifier())
            .setOwner(after.getOwner())
            .setPreviousOwner(owner)
            .setState(after.getState())
            .setJoinedBy(after.getJoinedBy().orElse(null))
            .setApartFrom(after.getApartFrom())
            .setNumber(after.getNumber())
            .setChangedAt(Instant.ofEpochMilli(arrival))
            .build());
  }
}
