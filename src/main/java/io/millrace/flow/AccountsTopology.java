package io.millrace.flow;

import io.millrace.event.AccountMessage;
import io.millrace.flow.account.AccountStores;
import io.millrace.flow.account.FindAccounts;
import io.millrace.flow.account.KeepAccounts;
import io.millrace.flow.account.TellAccounts;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.StateSerde;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.topic.TopicSerdes;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The role accounts: what is known of people goes to the identifiers of the accounts that they are
 * related to, and from there to the accounts.
 */
final class AccountsTopology {
  private final RoleBuilder role;
  private final FlowRules rules;
  private final FlowMetrics metrics;
  private final Stores stores;

  /** Makes a store with values of a kind. */
  interface Stores {
    StoreBuilder<?> store(String name, Serde<?> values);
  }

  AccountsTopology(
      Topology topology, TopicSerdes serdes, FlowRules rules, FlowMetrics metrics, Stores stores) {
    this.role = new RoleBuilder(topology, serdes);
    this.rules = rules;
    this.metrics = metrics;
    this.stores = stores;
  }

  Topology build() {
    tellAccounts();
    keepAccounts(findAccounts());
    return role.build();
  }

  private void tellAccounts() {
    StoreBuilder<?> people = store(AccountStores.PEOPLE);
    role.step(
            TellAccounts.OF_PEOPLE,
            role.readRows(Topics.PEOPLE),
            () -> TellAccounts.ofPeople(metrics))
        .uses(people)
        .writes(Topics.ACCOUNT_MESSAGES, Topics.DEAD_LETTERS);
    role.step(
            TellAccounts.OF_SCORES,
            role.readRows(Topics.LEAD_SCORES),
            () -> TellAccounts.ofScores(metrics))
        .uses(people)
        .writes(Topics.ACCOUNT_MESSAGES, Topics.DEAD_LETTERS);
    role.step(
            TellAccounts.OF_SIGNALS,
            role.read(Topics.SIGNALS_DETECTED),
            () -> TellAccounts.ofSignals(metrics))
        .uses(people)
        .writes(Topics.ACCOUNT_MESSAGES, Topics.DEAD_LETTERS);
  }

  private List<Outlet<AccountMessage>> findAccounts() {
    List<StoreBuilder<?>> homes =
        List.of(store(AccountStores.IDENTIFIERS), store(AccountStores.MEMBERSHIPS));
    Outlet<AccountMessage> found = role.outlet(FindAccounts.OF_MESSAGES);
    atHome(
        role.step(
            FindAccounts.OF_MESSAGES,
            role.read(Topics.ACCOUNT_MESSAGES),
            () -> FindAccounts.ofMessages(found, metrics)),
        homes);
    Outlet<AccountMessage> assigned = role.outlet(FindAccounts.OF_ASSIGNMENTS);
    atHome(
        role.step(
            FindAccounts.OF_ASSIGNMENTS,
            role.readRows(Topics.IDENTITY_ASSIGNMENTS),
            () -> FindAccounts.ofAssignments(rules.identity(), assigned, metrics)),
        homes);
    Outlet<AccountMessage> seen = role.outlet(FindAccounts.OF_SIGHTINGS);
    atHome(
        role.step(
            FindAccounts.OF_SIGHTINGS,
            role.read(Topics.IDENTIFIER_SIGHTINGS),
            () -> FindAccounts.ofSightings(rules.identity(), seen, metrics)),
        homes);
    return List.of(found, assigned, seen);
  }

  private static void atHome(RoleBuilder.Step step, List<StoreBuilder<?>> homes) {
    homes.forEach(step::uses);
    step.writes(Topics.ACCOUNT_MESSAGES, Topics.DEAD_LETTERS);
  }

  private void keepAccounts(List<Outlet<AccountMessage>> found) {
    RoleBuilder.Step step =
        role.step(
            KeepAccounts.NAME,
            found,
            () -> new KeepAccounts(rules.accounts(), rules.identity(), metrics));
    AccountStores.ofAccounts().forEach(each -> step.uses(store(each)));
    step.uses(stores.store(AccountStores.INDEX, Serdes.String()))
        .writes(Topics.ACCOUNTS, Topics.ACCOUNT_SCORES, Topics.ACCOUNT_SCORES_CHANGED)
        .writes(Topics.ACCOUNT_SIGNALS, Topics.EVENTS_ORDERED, Topics.DEAD_LETTERS);
  }

  private <V extends SpecificRecord> StoreBuilder<?> store(AccountStores.Rows<V> rows) {
    return stores.store(rows.name(), StateSerde.of(rows.type()));
  }
}
