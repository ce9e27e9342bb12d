package io.millrace.flow.step;

import io.millrace.model.SortableText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The key of the memory of a rule about a person: {@code rule/length:person}. What does not fit
 * into that row is in further rows, whose keys begin with this key. The length distinguishes a
 * person from one whose key has this one as a prefix.
 *
 * @param person escaped, so that keys sort the same as text and as bytes
 */
public record RuleKey(String rule, String person) {
  /** Sort before and after the separators of all further rows of a memory. */
  private static final char BEFORE_ALL = '!';

  private static final char AFTER_ALL = 'A';

  private static final char SLASH = '/';
  private static final char AFTER_SLASH = '0';

  public static String of(String rule, String person) {
    String escaped = SortableText.escaped(person);
    return rule + SLASH + escaped.length() + ':' + escaped;
  }

  /** The rule and person of a memory's row; empty for one of its further rows. */
  public static Optional<RuleKey> ofMemory(String key) {
    int slash = key.indexOf(SLASH);
    int colon = key.indexOf(':', slash);
    int length = Integer.parseInt(key, slash + 1, colon, 10);
    return key.length() == colon + 1 + length
        ? Optional.of(new RuleKey(key.substring(0, slash), key.substring(colon + 1)))
        : Optional.empty();
  }

  /** The rules of which a store has memories: one look-up for each, however many rows it has. */
  public static <V> Set<String> rulesIn(KeyValueStore<String, V> store) {
    Set<String> rules = new TreeSet<>();
    Optional<String> rule = firstRule(store, "");
    while (rule.isPresent()) {
      rules.add(rule.get());
      rule = firstRule(store, rule.get() + AFTER_SLASH);
    }
    return rules;
  }

  private static <V> Optional<String> firstRule(KeyValueStore<String, V> store, String from) {
    try (KeyValueIterator<String, V> rows = store.range(from, null)) {
      return rows.hasNext()
          ? Optional.of(rows.peekNextKey()).map(key -> key.substring(0, key.indexOf(SLASH)))
          : Optional.empty();
    }
  }

  /** Removes all further rows of a memory. */
  public static <V> void removeBehind(KeyValueStore<String, V> store, String key) {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, V> rows = store.range(key + BEFORE_ALL, key + AFTER_ALL)) {
      rows.forEachRemaining(row -> keys.add(row.key));
    }
    keys.forEach(each -> store.put(each, null));
  }
}
