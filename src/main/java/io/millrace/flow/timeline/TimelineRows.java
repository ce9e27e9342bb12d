package io.millrace.flow.timeline;

import io.millrace.model.SortableText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A long timeline: a row of a store for each of its marks, with keys that sort like the marks.
 *
 * @param <S> type of the store's values
 */
public class TimelineRows<S, V> implements MutableTimeline<V> {
  /** After every key that begins with a time. */
  private static final String END = "g";

  private static final int TIME_LENGTH = 16;

  /** Before the identifier in a key: sorts before every character of an escaped id. */
  private static final char IDENTIFIER = ' ';

  private final KeyValueStore<String, S> rows;
  private final String prefix;
  private final Form<S, V> form;

  /**
   * How a timeline's rows are distinguished from others, and how their values are converted.
   *
   * @param sign the character before the time in the key
   */
  public record Form<S, V>(char sign, Function<Row<V>, S> row, Function<S, V> value) {}

  /**
   * The timeline of a rule and a person.
   *
   * @param key the key of their memory
   */
  public TimelineRows(KeyValueStore<String, S> rows, String key, Form<S, V> form) {
    this.rows = rows;
    this.prefix = key + form.sign();
    this.form = form;
  }

  @Override
  public void put(Mark mark, V value) {
    rows.put(key(mark), form.row().apply(new Row<>(mark, value)));
  }

  /** Uses put, because delete would read the old value. */
  @Override
  public void remove(Mark mark) {
    rows.put(key(mark), null);
  }

  @Override
  public final List<Row<V>> before(Mark mark, Instant since, int most) {
    if (mark.occurredAt().isBefore(since)) {
      return List.of();
    }
    String end = key(mark);
    try (KeyValueIterator<String, S> iterator = rows.reverseRange(key(since), end)) {
      return read(iterator, end, most);
    }
  }

  @Override
  public final List<Row<V>> after(Mark mark, int most) {
    String start = key(mark);
    try (KeyValueIterator<String, S> iterator = rows.range(start, prefix + END)) {
      return read(iterator, start, most);
    }
  }

  private List<Row<V>> read(KeyValueIterator<String, S> iterator, String except, int most) {
    List<Row<V>> read = new ArrayList<>();
    while (read.size() < most && iterator.hasNext()) {
      KeyValue<String, S> row = iterator.next();
      if (!row.key.equals(except)) {
        read.add(new Row<>(mark(row.key), form.value().apply(row.value)));
      }
    }
    return read;
  }

  private String key(Mark mark) {
    return key(mark.occurredAt()) + idIn(mark);
  }

  /** The id and the identifier in a key; they sort like the marks. */
  static String idIn(Mark mark) {
    String id = SortableText.escaped(mark.eventId());
    return mark.identifier().isEmpty()
        ? id
        : id + IDENTIFIER + SortableText.escaped(mark.identifier());
  }

  private String key(Instant moment) {
    return prefix + SortableText.of(moment.toEpochMilli());
  }

  private Mark mark(String key) {
    String stamp = key.substring(prefix.length());
    int space = stamp.indexOf(IDENTIFIER, TIME_LENGTH);
    int idEnd = space < 0 ? stamp.length() : space;
    return new Mark(
        Instant.ofEpochMilli(SortableText.numberIn(stamp)),
        SortableText.unescaped(stamp.substring(TIME_LENGTH, idEnd)),
        space < 0 ? "" : SortableText.unescaped(stamp.substring(space + 1)));
  }
}
