package io.millrace.flow.account;

import io.millrace.event.AccountDue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The accounts whose rows are about to be written. The store is only read at the start: what was
 * removed from it would slow down every look for what is due.
 */
final class AccountsDue {
  static final String STORE = "accounts-due";

  /** Accounts that are written at once. */
  static final int AT_ONCE = 1_000;

  private final KeyValueStore<String, AccountDue> store;
  private final Map<String, AccountDue> due = new LinkedHashMap<>();

  AccountsDue(ProcessorContext<?, ?> context) {
    store = context.getStateStore(STORE);
    try (KeyValueIterator<String, AccountDue> rows = store.all()) {
      while (rows.hasNext()) {
        KeyValue<String, AccountDue> row = rows.next();
        due.put(row.key, row.value);
      }
    }
  }

  /** Writes one account. */
  interface Writer {
    void write(String account, AccountDue row);
  }

  int size() {
    return due.size();
  }

  /**
   * An account has changed.
   *
   * @param arrival when the change arrived, milliseconds since the epoch
   * @param row whether more than the score has changed
   */
  void add(String account, long arrival, boolean row) {
    Instant at = Instant.ofEpochMilli(arrival);
    Optional<AccountDue> known = Optional.ofNullable(due.get(account));
    AccountDue next =
        new AccountDue(
            known.map(AccountDue::getArrivedAt).filter(at::isAfter).orElse(at),
            known.map(AccountDue::getLatestAt).filter(at::isBefore).orElse(at),
            row || known.filter(AccountDue::getRow).isPresent());
    if (!known.equals(Optional.of(next))) {
      store.put(account, next);
      due.put(account, next);
    }
  }

  /** Takes the accounts that are due, the first ones first. */
  void take(Writer writer) {
    List<Map.Entry<String, AccountDue>> first = new ArrayList<>();
    for (Map.Entry<String, AccountDue> each : due.entrySet()) {
      if (first.size() == AT_ONCE) {
        break;
      }
      first.add(Map.entry(each.getKey(), each.getValue()));
    }
    for (Map.Entry<String, AccountDue> each : first) {
      writer.write(each.getKey(), each.getValue());
      store.put(each.getKey(), null);
      due.remove(each.getKey());
    }
  }
}
