package io.millrace.flow.account;

import io.millrace.event.AccountIdentifierState;
import io.millrace.event.AccountMember;
import io.millrace.event.AccountMessage;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.IdentityAssignment;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.StepOutput;
import io.millrace.identity.IdentityRules;
import io.millrace.identity.KindRule;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The home of an identifier of an account: remembers who is related to it, and tells the account
 * that it belongs to. When that is another one, the people are taken back from the one before. One
 * step for each topic that says something about identifiers.
 */
public final class FindAccounts<V extends SpecificRecord>
    implements Processor<String, V, String, SpecificRecord> {
  public static final String OF_MESSAGES = "find-accounts";
  public static final String OF_ASSIGNMENTS = "assign-account-identifiers";
  public static final String OF_SIGHTINGS = "see-account-identifiers";

  private final String name;
  private final Input<V> input;
  private final Outlet<AccountMessage> accounts;
  private final FlowMetrics metrics;
  private StepOutput output;
  private AccountMeter meter;
  private HomeRows rows;

  /** What an input does to the identifier; empty if it is not about an identifier's home. */
  private interface Input<V> {
    Optional<HomeRows.Change> change(Record<String, V> record, HomeRows rows);
  }

  private FindAccounts(
      String name, Input<V> input, Outlet<AccountMessage> accounts, FlowMetrics metrics) {
    this.name = name;
    this.input = input;
    this.accounts = accounts;
    this.metrics = metrics;
  }

  /** The step for messages about people; those to accounts pass through it. */
  public static FindAccounts<AccountMessage> ofMessages(
      Outlet<AccountMessage> accounts, FlowMetrics metrics) {
    return new FindAccounts<>(OF_MESSAGES, FindAccounts::related, accounts, metrics);
  }

  /** The step for assignments. */
  public static FindAccounts<IdentityAssignment> ofAssignments(
      IdentityRules rules, Outlet<AccountMessage> accounts, FlowMetrics metrics) {
    Set<String> kinds = kinds(rules);
    return new FindAccounts<>(
        OF_ASSIGNMENTS, (record, rows) -> assigned(record, rows, kinds), accounts, metrics);
  }

  /** The step for sightings. */
  public static FindAccounts<IdentifierSighting> ofSightings(
      IdentityRules rules, Outlet<AccountMessage> accounts, FlowMetrics metrics) {
    Set<String> kinds = kinds(rules);
    return new FindAccounts<>(
        OF_SIGHTINGS, (record, rows) -> seen(record, rows, kinds), accounts, metrics);
  }

  private static Set<String> kinds(IdentityRules rules) {
    return rules.accounts().stream().map(KindRule::kind).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void init(ProcessorContext<String, SpecificRecord> context) {
    output = new StepOutput(name, context, metrics);
    meter = new AccountMeter(name, context, metrics);
    rows = new HomeRows(context, output, accounts);
  }

  @Override
  public void process(Record<String, V> record) {
    Optional<V> value = Optional.ofNullable(record.value());
    if (value.orElse(null) instanceof AccountMessage message && message.getAccount().isPresent()) {
      rows.forward(record.withValue(message));
      return;
    }
    Cause cause =
        Cause.ofEngagement(
            "identifier:" + record.key(),
            value.map(Object::toString).orElse(""),
            record.timestamp());
    output
        .attempt(cause, () -> input.change(record, rows))
        .flatMap(change -> change)
        .ifPresent(
            change -> {
              rows.make(record.key(), change, cause);
              meter.processed("identifier", cause);
            });
  }

  private static Optional<HomeRows.Change> related(
      Record<String, AccountMessage> record, HomeRows rows) {
    AccountMessage message = record.value();
    String person = message.getPerson().orElseThrow();
    Optional<AccountMember> known = rows.member(record.key(), person);
    Optional<AccountMember> member = message.getMember();
    if (known.equals(member)) {
      return Optional.empty();
    }
    Optional<AccountIdentifierState> before = rows.identifier(record.key());
    AccountIdentifierState state =
        before.orElseGet(() -> AccountHome.named(message.getIdentifier()));
    int more = (member.isPresent() ? 1 : 0) - (known.isPresent() ? 1 : 0);
    return Optional.of(
        new HomeRows.Change(
            before,
            AccountHome.withPeople(state, more),
            Optional.of(new HomeRows.Membership(person, member))));
  }

  private static Optional<HomeRows.Change> assigned(
      Record<String, IdentityAssignment> record, HomeRows rows, Set<String> kinds) {
    Optional<IdentityAssignment> assignment = Optional.ofNullable(record.value());
    Optional<AccountIdentifierState> before = rows.identifier(record.key());
    if (assignment.isEmpty()) {
      return before.map(
          state -> new HomeRows.Change(before, AccountHome.unassigned(state), Optional.empty()));
    }
    return assignment
        .filter(each -> kinds.contains(each.getIdentifier().getKind()))
        .map(
            each ->
                new HomeRows.Change(before, AccountHome.assigned(before, each), Optional.empty()));
  }

  /** Of several identifiers the first is at home here; the others are told by theirs. */
  private static Optional<HomeRows.Change> seen(
      Record<String, IdentifierSighting> record, HomeRows rows, Set<String> kinds) {
    IdentifierSighting sighting = record.value();
    if (sighting.getIdentifiers().stream().limit(1).noneMatch(i -> kinds.contains(i.getKind()))) {
      return Optional.empty();
    }
    Optional<AccountIdentifierState> before = rows.identifier(record.key());
    Instant arrival = Instant.ofEpochMilli(record.timestamp());
    return Optional.of(
        new HomeRows.Change(before, AccountHome.seen(before, sighting, arrival), Optional.empty()));
  }
}
