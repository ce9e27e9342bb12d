package io.millrace.stream;

import io.millrace.rule.Mark;
import io.millrace.rule.SortableText;
import io.millrace.rule.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A timeline as rows of a store, under keys that sort as the marks do. */
class TimelineRows<V> implements Timeline<V> {
  private static final char IN_TIME = '@';

  /** After every key that begins with a time. */
  private static final String END = "g";

  private static final int TIME_LENGTH = 16;

  private final KeyValueStore<String, V> rows;
  private final String prefix;

  /**
   * @param rule the rule's name
   * @param person whose behaviour; told apart by its length from one that goes on
   */
  TimelineRows(KeyValueStore<String, V> rows, String rule, String person) {
    this.rows = rows;
    String escaped = SortableText.escaped(person);
    this.prefix = rule + '/' + escaped.length() + ':' + escaped;
  }

  final String prefix() {
    return prefix;
  }

  void put(Mark mark, V value) {
    rows.put(key(mark), value);
  }

  void remove(Mark mark) {
    rows.delete(key(mark));
  }

  @Override
  public final List<Row<V>> before(Mark mark, Instant since, int most) {
    if (mark.occurredAt().isBefore(since)) {
      return List.of();
    }
    String end = key(mark);
    try (KeyValueIterator<String, V> iterator = rows.reverseRange(key(since), end)) {
      return read(iterator, end, most);
    }
  }

  @Override
  public final List<Row<V>> after(Mark mark, int most) {
    String start = key(mark);
    try (KeyValueIterator<String, V> iterator = rows.range(start, prefix + IN_TIME + END)) {
      return read(iterator, start, most);
    }
  }

  private List<Row<V>> read(KeyValueIterator<String, V> iterator, String except, int most) {
    List<Row<V>> read = new ArrayList<>();
    while (read.size() < most && iterator.hasNext()) {
      KeyValue<String, V> row = iterator.next();
      if (!row.key.equals(except)) {
        read.add(new Row<>(mark(row.key), row.value));
      }
    }
    return read;
  }

  private String key(Mark mark) {
    return key(mark.occurredAt()) + SortableText.escaped(mark.eventId());
  }

  private String key(Instant moment) {
    return prefix + IN_TIME + SortableText.of(moment.toEpochMilli());
  }

  private Mark mark(String key) {
    String stamp = key.substring(prefix.length() + 1);
    return new Mark(
        Instant.ofEpochMilli(SortableText.numberIn(stamp)),
        SortableText.unescaped(stamp.substring(TIME_LENGTH)));
  }
}
