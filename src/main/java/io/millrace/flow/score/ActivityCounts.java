package io.millrace.flow.score;

import io.millrace.event.DayCount;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often a person did each activity on each UTC day, relative to the day of the latest one.
 *
 * <p>Its size is bounded and it does not depend on the order of events: the last {@value
 * #DAYS_KEPT} days are kept individually; older counts are moved to the first day of their month,
 * and counts older than {@value #YEARS_KEPT} years to one day before all others. So every activity
 * has at most about 520 rows, and a rule that is declared today can score what happened last year.
 */
public final class ActivityCounts {
  /** How many days, including today, are kept individually. */
  static final int DAYS_KEPT = 400;

  static final int YEARS_KEPT = 10;

  private static final int LONG_AGO = number(LocalDate.of(1, 1, 1));

  private final LocalDate today;
  private final int number;
  private final SortedMap<String, NavigableMap<Integer, Long>> days = new TreeMap<>();

  ActivityCounts(LocalDate today) {
    this.today = today;
    this.number = number(today);
  }

  /** Restores remembered counts, relative to a day that is not before any of them. */
  static ActivityCounts of(Map<String, List<DayCount>> remembered, LocalDate today) {
    ActivityCounts counts = new ActivityCounts(today);
    counts.addAll(remembered);
    return counts;
  }

  /** Adds counts of days that are not after that of these. */
  void addAll(Map<String, List<DayCount>> others) {
    others.forEach(
        (activity, byDay) ->
            byDay.forEach(count -> add(activity, count.getDay(), count.getTimes())));
  }

  /** Subtracts counts that were added before, perhaps relative to an earlier day. */
  void subtractAll(Map<String, List<DayCount>> others) {
    others.forEach(
        (activity, byDay) ->
            byDay.forEach(count -> add(activity, count.getDay(), -count.getTimes())));
  }

  /**
   * Counts an activity, or subtracts an earlier count. If a sender's wrong clock put that count on
   * another day, it is subtracted from the latest day.
   */
  void add(String activity, LocalDate day, long times) {
    add(activity, number(day), times);
  }

  private void add(String activity, int day, long times) {
    NavigableMap<Integer, Long> counted = days.computeIfAbsent(activity, added -> new TreeMap<>());
    int row = row(day);
    if (times < 0 && !counted.isEmpty() && !counted.containsKey(row)) {
      row = counted.lastKey();
    }
    if (counted.merge(row, times, Long::sum) <= 0) {
      counted.remove(row);
    }
    if (counted.isEmpty()) {
      days.remove(activity);
    }
  }

  /** The row of a day. As time goes on, rows are only combined, never split. */
  private int row(int day) {
    if (day > number) {
      return number;
    }
    if (day > number - DAYS_KEPT) {
      return day;
    }
    LocalDate month = LocalDate.ofEpochDay(day).withDayOfMonth(1);
    return month.isAfter(today.minusYears(YEARS_KEPT)) ? number(month) : LONG_AGO;
  }

  private static int number(LocalDate day) {
    return Math.toIntExact(day.toEpochDay());
  }

  /** The reference day, counted from 1970-01-01. */
  int today() {
    return number;
  }

  /** How often an activity happened, by day, counted from 1970-01-01. */
  NavigableMap<Integer, Long> of(String activity) {
    return days.getOrDefault(activity, Collections.emptyNavigableMap());
  }

  /** How often an activity ever happened. */
  long count(String activity) {
    return sum(of(activity));
  }

  /** How often an activity happened in the last days, including today. */
  long count(String activity, long lastDays) {
    return sum(last(activity, lastDays));
  }

  /** On how many of the last days, including today, an activity happened. */
  long days(String activity, long lastDays) {
    return last(activity, lastDays).size();
  }

  private NavigableMap<Integer, Long> last(String activity, long lastDays) {
    return of(activity).tailMap(number - Math.toIntExact(lastDays), false);
  }

  private static long sum(Map<Integer, Long> counted) {
    long sum = 0;
    for (long times : counted.values()) {
      sum += times;
    }
    return sum;
  }

  /** The sorted form in which it is stored. */
  Map<String, List<DayCount>> toMap() {
    Map<String, List<DayCount>> remembered = new TreeMap<>();
    days.forEach(
        (activity, counted) -> {
          List<DayCount> byDay = new ArrayList<>(counted.size());
          counted.forEach((day, times) -> byDay.add(new DayCount(day, times)));
          remembered.put(activity, byDay);
        });
    return remembered;
  }
}
