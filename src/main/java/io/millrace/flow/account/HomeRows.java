package io.millrace.flow.account;

import io.millrace.event.AccountIdentifierState;
import io.millrace.event.AccountMember;
import io.millrace.event.AccountMessage;
import io.millrace.event.LinkedIdentifier;
import io.millrace.flow.step.Cause;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.StepOutput;
import io.millrace.flow.step.Topics;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The identifiers that are at home in a partition, who is related to each, and the messages to
 * their accounts. Nobody but an identifier's home tells an account about it, always by the same
 * way, so the last message is the valid one.
 */
final class HomeRows {
  static final String IDENTIFIERS = "account-identifiers";
  static final String MEMBERSHIPS = "account-memberships";

  private final ProcessorContext<String, SpecificRecord> context;
  private final StepOutput output;
  private final Outlet<AccountMessage> accounts;
  private final KeyValueStore<String, AccountIdentifierState> identifiers;
  private final KeyValueStore<String, AccountMember> memberships;

  HomeRows(
      ProcessorContext<String, SpecificRecord> context,
      StepOutput output,
      Outlet<AccountMessage> accounts) {
    this.context = context;
    this.output = output;
    this.accounts = accounts;
    this.identifiers = context.getStateStore(IDENTIFIERS);
    this.memberships = context.getStateStore(MEMBERSHIPS);
  }

  /** A person who is related to the identifier now, or not any more. */
  record Membership(String person, Optional<AccountMember> member) {}

  /** An identifier before and after a change, and the person who changed it, if any. */
  record Change(
      Optional<AccountIdentifierState> before,
      AccountIdentifierState after,
      Optional<Membership> membership) {

    Optional<String> accountBefore() {
      return before.flatMap(AccountHome::account);
    }

    boolean isNewFact() {
      return before.filter(b -> b.getIdentifier().equals(after.getIdentifier())).isEmpty();
    }
  }

  Optional<AccountIdentifierState> identifier(String id) {
    return Optional.ofNullable(identifiers.get(id));
  }

  Optional<AccountMember> member(String id, String person) {
    return Optional.ofNullable(memberships.get(RowKeys.of(id, person)));
  }

  /** Passes a message to the account whose key it has. */
  void forward(Record<String, AccountMessage> record) {
    accounts.forward(context, record);
  }

  /** Remembers a change and tells the account, or both if the account is another one now. */
  void make(String id, Change change, Cause cause) {
    Optional<String> before = change.accountBefore();
    Optional<String> after = AccountHome.account(change.after());
    if (before.isPresent() && !before.equals(after)) {
      // As it was: the membership that changes is told with the others.
      takeBack(id, change, before.get(), cause);
    }
    identifiers.put(id, AccountHome.isForgotten(change.after()) ? null : change.after());
    change
        .membership()
        .ifPresent(
            each -> memberships.put(RowKeys.of(id, each.person()), each.member().orElse(null)));
    if (after.isPresent()) {
      tell(id, change, after.get(), !before.equals(after), cause);
    }
  }

  private void takeBack(String id, Change change, String account, Cause cause) {
    LinkedIdentifier via = via(change);
    eachMember(id, row -> send(id, account, membership(via, account, row.key, null), cause));
    send(id, account, new AccountMessage(via, account, null, null, null), cause);
  }

  private void tell(String id, Change change, String account, boolean isNew, Cause cause) {
    LinkedIdentifier via = via(change);
    if (isNew || change.isNewFact()) {
      AccountMessage fact =
          new AccountMessage(via, account, null, null, change.after().getIdentifier());
      send(id, account, fact, cause);
    }
    if (isNew) {
      eachMember(id, row -> send(id, account, membership(via, account, row.key, row.value), cause));
    } else {
      change
          .membership()
          .ifPresent(
              each -> {
                AccountMember member = each.member().orElse(null);
                send(id, account, membership(via, account, each.person(), member), cause);
              });
    }
  }

  private interface Visitor {
    void visit(KeyValue<String, AccountMember> row);
  }

  /** Visits everybody who is related to an identifier: the person and what counts. */
  private void eachMember(String id, Visitor visitor) {
    try (KeyValueIterator<String, AccountMember> rows =
        memberships.range(RowKeys.first(id), RowKeys.last(id))) {
      rows.forEachRemaining(row -> visitor.visit(new KeyValue<>(RowKeys.rest(row.key), row.value)));
    }
  }

  private static AccountMessage membership(
      LinkedIdentifier via, String account, String person, @Nullable AccountMember member) {
    return new AccountMessage(via, account, person, member, null);
  }

  private static LinkedIdentifier via(Change change) {
    var identifier = change.after().getIdentifier();
    return new LinkedIdentifier(identifier.getId(), identifier.getKind(), identifier.getSystem());
  }

  /** An account that has the identifier's own id is in the same partition. */
  private void send(String id, String account, AccountMessage message, Cause cause) {
    if (account.equals(id)) {
      accounts.forward(context, new Record<>(account, message, cause.arrival()));
    } else {
      output.write(Topics.ACCOUNT_MESSAGES, account, message, cause);
    }
  }
}
