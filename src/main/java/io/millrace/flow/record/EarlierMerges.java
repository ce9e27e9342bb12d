package io.millrace.flow.record;

import io.millrace.event.RecordState;
import io.millrace.flow.record.MergeTree.Merge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The merges of one record. Besides the latest into each survivor, a few earlier ones are kept:
 * they show where the record was when another one was deleted.
 */
final class EarlierMerges {
  /** How many are kept, besides the latest into each survivor. */
  static final int MOST_KEPT = 16;

  /** Sorts before everything a stamp can contain, so that entries sort as merges do. */
  private static final char SEPARATOR = ' ';

  private EarlierMerges() {}

  /** Those of two states of one record, latest first. */
  static List<String> of(RecordState one, RecordState other) {
    Map<String, String> latest = one.getMergedInto();
    if (one.getEarlierMerges().isEmpty()
        && other.getEarlierMerges().isEmpty()
        && (latest.isEmpty()
            || other.getMergedInto().isEmpty()
            || latest.equals(other.getMergedInto()))) {
      return List.of();
    }
    NavigableSet<String> all = new TreeSet<>(Comparator.reverseOrder());
    for (RecordState state : List.of(one, other)) {
      all.addAll(state.getEarlierMerges());
      state.getMergedInto().forEach((survivor, stamp) -> all.add(stamp + SEPARATOR + survivor));
    }
    Map<String, String> valid = StateJoin.latestMerges(one, other);
    valid.forEach((survivor, stamp) -> all.remove(stamp + SEPARATOR + survivor));
    return all.stream().limit(MOST_KEPT).toList();
  }

  /** All merges known of a record, latest first. */
  static List<Merge> all(RecordState state) {
    List<Merge> all = new ArrayList<>();
    state.getMergedInto().forEach((survivor, stamp) -> all.add(new Merge(survivor, stamp)));
    for (String entry : state.getEarlierMerges()) {
      int end = entry.indexOf(SEPARATOR);
      all.add(new Merge(entry.substring(end + 1), entry.substring(0, end)));
    }
    all.sort(MergeTree.LATER.reversed());
    return all;
  }
}
