package io.millrace.bench.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.load.MixEvent;
import io.millrace.bench.load.MixEvent.Kind;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final long NOON = 1_700_000_000_000L / 60_000 * 60_000;

  private final Answers right = new Answers();
  private final Answers given = new Answers();

  @Test
  void rightAnswersAreRight() {
    send(engagement(0, 1, NOON), engagement(1, 1, NOON + 1), lead(2, 5, 3, NOON));
    pass(0, 1, 2);
    given.counted("whoever", NOON, 1);
    given.counted("whoever", NOON, 1);
    given.status("5", "s3");

    assertThat(given.comparedWith(right)).isEqualTo(new WrongAnswers(0, 0, 0, 0));
  }

  @Test
  void countsWhatIsMissingAndWhatPassedAgain() {
    send(engagement(0, 1, NOON), engagement(1, 2, NOON), engagement(2, 3, NOON));
    pass(0, 0, 0, 1);
    for (String person : new String[] {"a", "b", "c"}) {
      given.counted(person, NOON, 1);
    }

    assertThat(given.comparedWith(right)).isEqualTo(new WrongAnswers(1, 2, 0, 0));
  }

  @Test
  void countsMinutesThatAreLostOrWrong() {
    send(
        engagement(0, 1, NOON),
        engagement(1, 1, NOON),
        engagement(2, 2, NOON),
        engagement(3, 3, NOON + 60_000));
    pass(0, 1, 2, 3);
    // One of the first person's events is lost, and all of the third's.
    given.counted("1", NOON, 1);
    given.counted("2", NOON, 1);

    assertThat(given.comparedWith(right).minutes()).isEqualTo(2);
  }

  @Test
  void aLaterWordOnAMinuteReplacesTheEarlierOnlyWhereItIsMeantTo() {
    send(engagement(0, 1, NOON), engagement(1, 1, NOON));
    pass(0, 1);
    given.counts("1", NOON, 2);
    given.counts("1", NOON, 2);

    assertThat(given.comparedWith(right).minutes()).isZero();
  }

  @Test
  void countsRecordsThatDoNotEndWithTheirLatestEvent() {
    send(
        lead(0, 1, 1, NOON),
        lead(1, 1, 2, NOON + 5),
        lead(2, 1, 3, NOON - 5),
        lead(3, 2, 4, NOON),
        lead(4, 2, 5, NOON),
        lead(5, 3, 6, NOON));
    pass(0, 1, 2, 3, 4, 5);
    // The last one to arrive, not the latest.
    given.status("1", "s3");
    // Two of one moment: either may be the last.
    given.status("2", "s4");

    assertThat(given.comparedWith(right)).isEqualTo(new WrongAnswers(0, 0, 0, 2));
  }

  @Test
  void copiesChangeNothing() {
    MixEvent event = lead(0, 1, 1, NOON);
    send(event);
    right.learn(new MixEvent(0, 1, Kind.LEAD, "lead.updated", 1, 9, NOON + 9, NOON + 9, true));
    pass(0);
    given.status("1", "s1");

    assertThat(given.comparedWith(right).all()).isZero();
  }

  private void send(MixEvent... events) {
    for (MixEvent event : events) {
      right.learn(event);
    }
  }

  private void pass(int... numbers) {
    for (int number : numbers) {
      given.passed(number);
    }
  }

  private static MixEvent engagement(int number, int person, long ms) {
    return new MixEvent(number, 1, Kind.ENGAGEMENT, "page.viewed", person, 0, ms, ms, false);
  }

  private static MixEvent lead(int number, int person, int status, long ms) {
    return new MixEvent(number, 1, Kind.LEAD, "lead.updated", person, status, ms, ms, false);
  }
}
