package io.millrace.flow.record;

import io.millrace.flow.step.Cause;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StepOutput;
import io.millrace.kafka.format.EncodedSize;
import io.millrace.model.EventSize;
import io.millrace.model.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** The step around a handler: passes its events to it and executes the effects it requests. */
public final class HandleRecordEvents
    implements Processor<String, RecordUpdate, String, SpecificRecord> {
  private final RecordHandler handler;
  private final FlowMetrics metrics;
  private final Map<String, KeyValueStore<String, SpecificRecord>> stores = new HashMap<>();
  private StepOutput output;

  public HandleRecordEvents(RecordHandler handler, FlowMetrics metrics) {
    this.handler = handler;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    output = new StepOutput(handler.name(), context, metrics);
    handler
        .stores()
        .forEach(store -> stores.put(store.name(), context.getStateStore(store.name())));
  }

  @Override
  public void process(Record<String, RecordUpdate> record) {
    Cause cause = record.value().cause();
    output
        .attempt(cause, () -> checked(decide(record.value())))
        .filter(effects -> carryOut(effects, cause))
        .ifPresent(done -> report(record.value(), done));
  }

  private List<Effect> decide(RecordUpdate update) {
    return switch (update) {
      case AdmittedEvent admitted -> handler.decide(admitted, this::find);
      case JoinedRecord joined -> handler.decide(joined, this::find);
      case ErasedRecord erased -> handler.decide(erased, this::find);
    };
  }

  private void report(RecordUpdate update, List<Effect> done) {
    if (update instanceof AdmittedEvent admitted) {
      handler.done(admitted, done);
      output.processed(admitted.event());
    }
  }

  /** A handler that requests an undeclared effect must fail before anything is executed. */
  private List<Effect> checked(List<Effect> effects) {
    for (Effect effect : effects) {
      boolean isDeclared =
          switch (effect) {
            case Effect.Write<?> write -> handler.topics().contains(write.topic());
            case Effect.End end -> handler.topics().contains(end.topic());
            case Effect.Remember<?> remember -> handler.stores().contains(remember.store());
            case Effect.Forget forget -> handler.stores().contains(forget.store());
          };
      if (!isDeclared) {
        throw new IllegalStateException(
            "The handler " + handler.name() + " did not declare what it requests: " + effect);
      }
    }
    return effects;
  }

  /** Whether the effects could be executed. */
  private boolean carryOut(List<Effect> effects, Cause cause) {
    Optional<SpecificRecord> tooLarge =
        effects.stream()
            .flatMap(effect -> value(effect).stream())
            .filter(value -> !EncodedSize.isAtMost(EventSize.MAX_STATE_BYTES, value))
            .findFirst();
    if (tooLarge.isPresent()) {
      output.refuse(
          cause,
          Reason.EVENT_TOO_LARGE,
          "The result of %s would have %d bytes; the limit is %d. Map fewer fields to the record."
              .formatted(
                  handler.name(), EncodedSize.of(tooLarge.get()), EventSize.MAX_STATE_BYTES));
      return false;
    }
    effects.forEach(effect -> carryOut(effect, cause));
    return true;
  }

  private void carryOut(Effect effect, Cause cause) {
    switch (effect) {
      case Effect.Write<?> write -> write(write, cause);
      case Effect.End end -> output.tombstone(end.topic(), end.key(), cause);
      case Effect.Remember<?> remember ->
          store(remember.store()).put(remember.key(), remember.value());
      case Effect.Forget forget -> store(forget.store()).delete(forget.key());
    }
  }

  private <V extends SpecificRecord> void write(Effect.Write<V> write, Cause cause) {
    output.writeFitting(write.topic(), write.key(), write.value(), cause);
  }

  private static Optional<SpecificRecord> value(Effect effect) {
    return switch (effect) {
      case Effect.Write<?> write -> Optional.of(write.value());
      case Effect.Remember<?> remember -> Optional.of(remember.value());
      case Effect.End end -> Optional.empty();
      case Effect.Forget forget -> Optional.empty();
    };
  }

  private <V extends SpecificRecord> Optional<V> find(HandlerStore<V> store, String key) {
    return Optional.ofNullable(store(store).get(key)).map(store.type()::cast);
  }

  private KeyValueStore<String, SpecificRecord> store(HandlerStore<?> store) {
    KeyValueStore<String, SpecificRecord> found = stores.get(store.name());
    if (found == null) {
      throw new IllegalStateException(
          "The handler " + handler.name() + " has not declared the store " + store.name());
    }
    return found;
  }
}
