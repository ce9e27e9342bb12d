package io.millrace.flow.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.DayCount;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ActivityCountsTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-03-02");

  private final ActivityCounts counts = new ActivityCounts(TODAY);

  @Test
  void countsTheLastDaysWithTodayAmongThem() {
    counts.add("visit", TODAY, 2);
    counts.add("visit", TODAY.minusDays(6), 3);
    counts.add("visit", TODAY.minusDays(7), 5);

    assertThat(counts.count("visit", 1)).isEqualTo(2);
    assertThat(counts.count("visit", 7)).isEqualTo(5);
    assertThat(counts.count("visit", 8)).isEqualTo(10);
    assertThat(counts.count("visit")).isEqualTo(10);
    assertThat(counts.days("visit", 7)).isEqualTo(2);
    assertThat(counts.days("never", 7)).isZero();
  }

  @Test
  void tellsTheLast400DaysApart() {
    counts.add("visit", TODAY.minusDays(399), 1);
    counts.add("visit", TODAY.minusDays(400), 1);

    assertThat(counts.count("visit", 400)).isEqualTo(1);
    assertThat(counts.toMap())
        .isEqualTo(Map.of("visit", List.of(on("2025-01-01", 1), on("2025-01-27", 1))));
  }

  @Test
  void keepsOneRowForAllThatIsOlderThanTenYears() {
    counts.add("visit", LocalDate.parse("2016-03-31"), 1);
    counts.add("visit", LocalDate.parse("2016-04-01"), 1);
    counts.add("visit", LocalDate.parse("0001-01-01"), 1);

    assertThat(counts.toMap())
        .isEqualTo(Map.of("visit", List.of(on("0001-01-01", 2), on("2016-04-01", 1))));
  }

  @Test
  void takesBackWhatWasCounted() {
    counts.add("visit", TODAY, 1);
    counts.add("visit", TODAY, -1);

    assertThat(counts.toMap()).isEmpty();
  }

  @Test
  void takesBackFromTheLatestDayWhatAWrongClockPutElsewhere() {
    counts.add("visit", TODAY.minusDays(9), 1);
    counts.add("visit", TODAY.minusDays(2), 1);
    counts.add("visit", TODAY.minusDays(5), -1);

    assertThat(counts.toMap()).isEqualTo(Map.of("visit", List.of(on("2026-02-21", 1))));
  }

  @Test
  void isNeverLessThanNothing() {
    counts.add("visit", TODAY, -1);

    assertThat(counts.toMap()).isEmpty();
  }

  @Test
  void movesDaysToComeToToday() {
    Map<String, List<DayCount>> kept =
        Map.of("visit", List.of(on("2031-01-01", 1), on("2032-01-01", 2)));

    assertThat(ActivityCounts.of(kept, TODAY).toMap())
        .isEqualTo(Map.of("visit", List.of(on("2026-03-02", 3))));
  }

  @Test
  void staysSmallHoweverLongItIsUsed() {
    Map<String, List<DayCount>> remembered = Map.of();
    for (int day = 0; day < 60 * 366; day += 5) {
      ActivityCounts now = ActivityCounts.of(remembered, TODAY.plusDays(day));
      for (int recent = 0; recent < 5; recent++) {
        now.add("visit", TODAY.plusDays(day - recent), 1);
      }
      remembered = now.toMap();
    }

    List<DayCount> visits = remembered.getOrDefault("visit", List.of());
    assertThat(visits).hasSizeLessThanOrEqualTo(400 + 10 * 12 + 1);
    assertThat(visits.stream().mapToLong(DayCount::getTimes).sum()).isEqualTo(60 * 366);
  }

  @Test
  void isTheSameWhateverTheOrder() {
    long seed = Long.getLong("seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<LocalDate> days = new ArrayList<>();
      for (int times = 0; times < 60; times++) {
        days.add(TODAY.minusDays(random.nextInt(random.nextBoolean() ? 500 : 5_000)));
      }
      Map<String, List<DayCount>> expected = inOneGo(days);
      for (int order = 0; order < 5; order++) {
        Collections.shuffle(days, random);
        assertThat(oneByOne(days)).as("seed %d, round %d", seed, round).isEqualTo(expected);
      }
    }
  }

  private static DayCount on(String day, long times) {
    return new DayCount(Math.toIntExact(LocalDate.parse(day).toEpochDay()), times);
  }

  private static Map<String, List<DayCount>> inOneGo(List<LocalDate> days) {
    ActivityCounts all = new ActivityCounts(Collections.max(days));
    days.forEach(day -> all.add("visit", day, 1));
    return all.toMap();
  }

  /** As scoring does it: remembered after each, and seen from the latest day so far. */
  private static Map<String, List<DayCount>> oneByOne(List<LocalDate> days) {
    Map<String, List<DayCount>> remembered = new TreeMap<>();
    LocalDate latest = LocalDate.MIN;
    for (LocalDate day : days) {
      latest = day.isAfter(latest) ? day : latest;
      ActivityCounts now = ActivityCounts.of(remembered, latest);
      now.add("visit", day, 1);
      remembered = now.toMap();
    }
    return remembered;
  }
}
