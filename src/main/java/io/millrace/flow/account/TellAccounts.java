package io.millrace.flow.account;

import io.millrace.event.AccountMessage;
import io.millrace.event.AccountPersonState;
import io.millrace.event.LeadScore;
import io.millrace.event.Person;
import io.millrace.event.Signal;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Tells the identifiers of accounts that a person is related to what counts of the person: one step
 * for each topic that says something about people, which share what they know.
 */
public final class TellAccounts<V extends SpecificRecord>
    implements Processor<String, V, String, SpecificRecord> {
  public static final String OF_PEOPLE = "tell-accounts-of-people";
  public static final String OF_SCORES = "tell-accounts-of-scores";
  public static final String OF_SIGNALS = "tell-accounts-of-signals";
  public static final String PEOPLE = "account-people";

  private final String name;
  private final Rule<V> rule;
  private final FlowMetrics metrics;
  private StepOutput output;
  private AccountMeter meter;
  private KeyValueStore<String, AccountPersonState> people;

  /** What is known of a person after a record of a topic; empty for a tombstone. */
  private interface Rule<V> {
    AccountPersonState after(AccountPersonState before, Optional<V> value);
  }

  /** A person before and after a change, and what accounts are told. */
  private record Change(AccountPersonState after, List<AccountPerson.Told> told) {}

  private TellAccounts(String name, Rule<V> rule, FlowMetrics metrics) {
    this.name = name;
    this.rule = rule;
    this.metrics = metrics;
  }

  /** The step for the topic people. */
  public static TellAccounts<Person> ofPeople(FlowMetrics metrics) {
    return new TellAccounts<>(OF_PEOPLE, AccountPerson::related, metrics);
  }

  /** The step for the topic lead-scores. */
  public static TellAccounts<LeadScore> ofScores(FlowMetrics metrics) {
    return new TellAccounts<>(OF_SCORES, AccountPerson::scored, metrics);
  }

  /** The step for the topic signals-detected. */
  public static TellAccounts<Signal> ofSignals(FlowMetrics metrics) {
    return new TellAccounts<>(
        OF_SIGNALS,
        (before, signal) ->
            signal.map(each -> AccountPerson.signalled(before, each)).orElse(before),
        metrics);
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    output = new StepOutput(name, context, metrics);
    meter = new AccountMeter(name, context, metrics);
    people = context.getStateStore(PEOPLE);
  }

  @Override
  public void process(Record<String, V> record) {
    Optional<V> value = Optional.ofNullable(record.value());
    Cause cause =
        Cause.ofEngagement(
            "person:" + record.key(), value.map(Object::toString).orElse(""), record.timestamp());
    Optional<AccountPersonState> known = Optional.ofNullable(people.get(record.key()));
    AccountPersonState before = known.orElseGet(AccountPerson::nothing);
    output
        .attempt(cause, () -> change(before, value))
        .ifPresent(change -> keep(record.key(), before, change, cause));
  }

  private Change change(AccountPersonState before, Optional<V> value) {
    AccountPersonState after = rule.after(before, value);
    return new Change(after, AccountPerson.told(before, after));
  }

  private void keep(String person, AccountPersonState before, Change change, Cause cause) {
    if (!change.after().equals(before)) {
      people.put(person, AccountPerson.isNothing(change.after()) ? null : change.after());
    }
    change
        .told()
        .forEach(
            each ->
                output.write(
                    Topics.ACCOUNT_MESSAGES,
                    each.account().getId(),
                    new AccountMessage(
                        each.account(), null, person, each.member().orElse(null), null),
                    cause));
    meter.processed("person", cause);
  }
}
