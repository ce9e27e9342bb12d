package io.millrace.flow.account;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.event.AccountMessage;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.LeadScore;
import io.millrace.event.Person;
import io.millrace.event.Signal;
import io.millrace.flow.step.FlowMetrics;
import io.millrace.flow.step.Nodes;
import io.millrace.flow.step.Outlet;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.MapStore;
import io.millrace.identity.IdentityRules;
import io.millrace.kafka.topic.TrustedTypes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The role accounts on several partitions. Messages between two partitions keep their order, and
 * nothing else does.
 */
final class AccountPartitions {
  /** A record of a topic. */
  record Written(String topic, String key, @Nullable SpecificRecord value, long arrival) {}

  private final AccountRules rules;
  private final IdentityRules identity;
  private final List<Partition> partitions = new ArrayList<>();
  private final Map<Way, Deque<Written>> underWay = new HashMap<>();
  private final List<Written> written = new ArrayList<>();

  /** From one partition to another. */
  private record Way(int from, int to) {}

  AccountPartitions(AccountRules rules, IdentityRules identity, int count) {
    TrustedTypes.declare();
    this.rules = rules;
    this.identity = identity;
    for (int number = 0; number < count; number++) {
      partitions.add(new Partition(number));
    }
  }

  /** A record gets to its partition. */
  void arrive(Written record) {
    partitions.get(partition(record.key())).process(record);
  }

  /** One message gets to its partition; false if none is under way. */
  boolean deliverOne(Random random) {
    var ways = underWay.values().stream().filter(way -> !way.isEmpty()).toList();
    if (ways.isEmpty()) {
      return false;
    }
    arrive(ways.get(random.nextInt(ways.size())).removeFirst());
    return true;
  }

  /** A second passes in every partition. */
  void pass() {
    partitions.forEach(Partition::pass);
  }

  /** Everything that was written, except messages. */
  List<Written> written() {
    return written;
  }

  /** Rows read from all stores so far. */
  long rowsRead() {
    return partitions.stream()
        .flatMap(each -> each.stores.values().stream())
        .mapToLong(MapStore::rowsRead)
        .sum();
  }

  private int partition(String key) {
    return Math.floorMod(key.hashCode(), partitions.size());
  }

  private final class Partition {
    private final int number;
    private final Map<String, MapStore<Object>> stores = new HashMap<>();
    private final Map<String, Step<?>> steps = new HashMap<>();
    private final Step<AccountMessage> keep;

    Partition(int number) {
      this.number = number;
      FlowMetrics metrics = new FlowMetrics(new SimpleMeterRegistry());
      Outlet<AccountMessage> accounts = Outlet.of("test");
      accounts.attach(KeepAccounts.NAME);
      steps.put(Topics.PEOPLE.name(), new Step<Person>(TellAccounts.ofPeople(metrics)));
      steps.put(Topics.LEAD_SCORES.name(), new Step<LeadScore>(TellAccounts.ofScores(metrics)));
      steps.put(Topics.SIGNALS_DETECTED.name(), new Step<Signal>(TellAccounts.ofSignals(metrics)));
      steps.put(
          Topics.ACCOUNT_MESSAGES.name(),
          new Step<AccountMessage>(FindAccounts.ofMessages(accounts, metrics)));
      steps.put(
          Topics.IDENTITY_ASSIGNMENTS.name(),
          new Step<IdentityAssignment>(FindAccounts.ofAssignments(identity, accounts, metrics)));
      steps.put(
          Topics.IDENTIFIER_SIGHTINGS.name(),
          new Step<IdentifierSighting>(FindAccounts.ofSightings(identity, accounts, metrics)));
      keep = new Step<>(new KeepAccounts(rules, identity, metrics));
    }

    MapStore<Object> store(String name) {
      return stores.computeIfAbsent(name, MapStore::new);
    }

    void process(Written record) {
      Objects.requireNonNull(steps.get(record.topic())).process(record);
    }

    void pass() {
      keep.pass();
    }

    private void forwarded(String child, Record<String, SpecificRecord> record) {
      Written value =
          new Written(
              child.substring(Nodes.write(Topics.ACCOUNTS).length() - "accounts".length()),
              record.key(),
              record.value(),
              record.timestamp());
      if (child.equals(KeepAccounts.NAME)) {
        keep.process(value);
      } else if (value.topic().equals(Topics.ACCOUNT_MESSAGES.name())) {
        Way way = new Way(number, partition(value.key()));
        underWay.computeIfAbsent(way, added -> new ArrayDeque<>()).addLast(value);
      } else {
        written.add(value);
      }
    }

    /** One step with the stores of its partition. */
    private final class Step<V extends SpecificRecord> {
      private final Processor<String, V, String, SpecificRecord> processor;
      private final MockProcessorContext<String, SpecificRecord> context =
          new MockProcessorContext<>();

      Step(Processor<String, V, String, SpecificRecord> processor) {
        this.processor = processor;
        List.of(
                TellAccounts.PEOPLE,
                HomeRows.IDENTIFIERS,
                HomeRows.MEMBERSHIPS,
                AccountWriter.IDENTIFIERS,
                AccountPeople.MEMBERS,
                AccountPeople.TOTALS,
                AccountPeople.INDEX,
                AccountWriter.SCORES,
                AccountsDue.STORE)
            .forEach(name -> context.addStateStore(store(name)));
        context.setCurrentStreamTimeMs(0);
        context.setCurrentSystemTimeMs(0);
        processor.init(context);
      }

      @SuppressWarnings("unchecked") // a topic has values of one type
      void process(Written record) {
        processor.process(new Record<>(record.key(), (V) record.value(), record.arrival()));
        forward();
      }

      void pass() {
        context.scheduledPunctuators().forEach(each -> each.getPunctuator().punctuate(0));
        forward();
      }

      private void forward() {
        List<MockProcessorContext.CapturedForward<? extends String, ? extends SpecificRecord>> all =
            List.copyOf(context.forwarded());
        context.resetForwards();
        all.forEach(
            each ->
                forwarded(
                    each.childName().orElseThrow(),
                    new Record<>(
                        each.record().key(), each.record().value(), each.record().timestamp())));
      }
    }
  }
}
