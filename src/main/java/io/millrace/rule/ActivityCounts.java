package io.millrace.rule;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often a person did what on which UTC day, as seen from the day of the latest of it.
 *
 * <p>It takes bounded room and is a function of what happened, whatever the order: the last {@value
 * #DAYS_KEPT} days are kept one by one; what is older goes to the first day of its month, what is
 * older than {@value #YEARS_KEPT} years to one day before all others. So every activity has at most
 * some 520 rows, and a rule that is declared today can score what happened last year.
 */
public final class ActivityCounts {
  /** How many days, today included, are told apart. */
  static final int DAYS_KEPT = 400;

  static final int YEARS_KEPT = 10;

  private static final LocalDate LONG_AGO = LocalDate.of(1, 1, 1);

  private final LocalDate today;
  private final SortedMap<String, NavigableMap<LocalDate, Long>> days = new TreeMap<>();

  ActivityCounts(LocalDate today) {
    this.today = today;
  }

  /** What was remembered, by activity and ISO 8601 day, as seen from a day not before any of it. */
  static ActivityCounts of(Map<String, Map<String, Long>> remembered, LocalDate today) {
    ActivityCounts counts = new ActivityCounts(today);
    remembered.forEach(
        (activity, byDay) ->
            byDay.forEach((day, times) -> counts.add(activity, LocalDate.parse(day), times)));
    return counts;
  }

  /**
   * Counts an activity, or takes back what was counted. What is taken back is there, unless a
   * sender's wrong clock put it on another day: then it is taken from the latest.
   */
  void add(String activity, LocalDate day, long times) {
    NavigableMap<LocalDate, Long> counted =
        days.computeIfAbsent(activity, added -> new TreeMap<>());
    LocalDate row = row(day);
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

  /** A row, once given to a day, is the same or an older one's as time goes on: none is split. */
  private LocalDate row(LocalDate day) {
    if (day.isAfter(today)) {
      return today;
    }
    if (day.isAfter(today.minusDays(DAYS_KEPT))) {
      return day;
    }
    LocalDate month = day.withDayOfMonth(1);
    return month.isAfter(today.minusYears(YEARS_KEPT)) ? month : LONG_AGO;
  }

  /** The day it is seen from. */
  LocalDate today() {
    return today;
  }

  /** How often an activity happened, by day. */
  NavigableMap<LocalDate, Long> of(String activity) {
    return days.getOrDefault(activity, Collections.emptyNavigableMap());
  }

  /** How often an activity ever happened. */
  long count(String activity) {
    return sum(of(activity));
  }

  /** How often an activity happened in the last days, today included. */
  long count(String activity, long lastDays) {
    return sum(last(activity, lastDays));
  }

  /** On how many of the last days, today included, an activity happened. */
  long days(String activity, long lastDays) {
    return last(activity, lastDays).size();
  }

  private NavigableMap<LocalDate, Long> last(String activity, long lastDays) {
    return of(activity).tailMap(today.minusDays(lastDays), false);
  }

  private static long sum(Map<LocalDate, Long> counted) {
    return counted.values().stream().mapToLong(Long::longValue).sum();
  }

  /** In the form it is remembered in, sorted. */
  Map<String, Map<String, Long>> toMap() {
    Map<String, Map<String, Long>> remembered = new TreeMap<>();
    days.forEach(
        (activity, counted) -> {
          Map<String, Long> byDay = new TreeMap<>();
          counted.forEach((day, times) -> byDay.put(day.toString(), times));
          remembered.put(activity, byDay);
        });
    return remembered;
  }
}
