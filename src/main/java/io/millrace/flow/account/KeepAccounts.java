package io.millrace.flow.account;

import io.millrace.event.AccountIdentifier;
import io.millrace.event.AccountMessage;
import io.millrace.event.AccountSignal;
import io.millrace.flow.signal.SignalDetector;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import io.millrace.identity.IdentityRules;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps accounts: their identifiers, their people, and what follows. Signals are reported at once.
 * Rows and scores are written once a second, so that a thousand changes of a large account in a
 * second are one row.
 */
public final class KeepAccounts
    implements Processor<String, AccountMessage, String, SpecificRecord> {
  public static final String NAME = "keep-accounts";

  static final Duration EVERY = Duration.ofSeconds(1);

  private final AccountRules rules;
  private final IdentityRules identity;
  private final FlowMetrics metrics;
  private StepOutput output;
  private AccountMeter meter;
  private AccountPeople people;
  private KeyValueStore<String, AccountIdentifier> identifiers;
  private AccountsDue due;
  private AccountWriter writer;
  private AtomicLong waiting;

  public KeepAccounts(AccountRules rules, IdentityRules identity, FlowMetrics metrics) {
    this.rules = rules;
    this.identity = identity;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    output = new StepOutput(NAME, context, metrics);
    meter = new AccountMeter(NAME, context, metrics);
    people = new AccountPeople(context, rules);
    identifiers = context.getStateStore(AccountWriter.IDENTIFIERS);
    due = new AccountsDue(context);
    writer = new AccountWriter(context, rules.scoring(), identity, people, output);
    waiting = metrics.waiting(NAME, context.taskId().partition());
    waiting.set(due.size());
    context.schedule(EVERY, PunctuationType.WALL_CLOCK_TIME, wall -> write());
  }

  @Override
  public void process(Record<String, AccountMessage> record) {
    String account = record.key();
    AccountMessage message = record.value();
    Cause cause = cause(account, message.toString(), record.timestamp());
    Optional<String> person = message.getPerson();
    if (person.isPresent()) {
      output
          .attempt(cause, () -> change(account, person.get(), message))
          .ifPresent(change -> make(change, cause));
    } else {
      String key = RowKeys.of(account, message.getIdentifier().getId());
      identifiers.put(key, message.getFact().orElse(null));
      due.add(account, record.timestamp(), true);
    }
    waiting.set(due.size());
    meter.processed("account", cause);
  }

  private AccountPeople.Change change(String account, String person, AccountMessage message) {
    return people.change(account, person, message.getIdentifier().getId(), message.getMember());
  }

  private void make(AccountPeople.Change change, Cause cause) {
    for (AccountSignals.Change each : people.make(change)) {
      AccountSignal signal = signal(change.account(), each);
      output.write(Topics.ACCOUNT_SIGNALS, change.account(), signal, cause);
    }
    due.add(change.account(), cause.arrival(), change.isNumberNew());
  }

  private static AccountSignal signal(String account, AccountSignals.Change change) {
    AccountSignalRule rule = change.rule();
    Crowd crowd = change.after().or(change::before).orElseThrow();
    String status =
        change.after().isEmpty()
            ? SignalDetector.RETRACTED
            : change.before().isEmpty() ? SignalDetector.DETECTED : SignalDetector.CORRECTED;
    return AccountSignal.newBuilder()
        .setSignalId(
            String.join(
                "|", account, rule.name(), crowd.last().at().toString(), crowd.last().person()))
        .setSignal(rule.name())
        .setAccount(account)
        .setStatus(status)
        .setPeople(crowd.people().keySet().stream().sorted().toList())
        .setFirstAt(crowd.firstAt())
        .setCompletedAt(crowd.last().at())
        .setDescription(rule.description())
        .build();
  }

  private void write() {
    due.take(
        (account, row) ->
            writer.write(account, row, cause(account, "", row.getLatestAt().toEpochMilli())));
    waiting.set(due.size());
  }

  private static Cause cause(String account, String input, long arrival) {
    return Cause.ofEngagement("account:" + account, input, arrival);
  }
}
