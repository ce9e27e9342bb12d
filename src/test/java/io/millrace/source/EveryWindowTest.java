package io.millrace.source;

import static io.millrace.normalize.testing.SentRequests.with;
import static io.millrace.normalize.testing.SignedSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.sender.Proof;
import io.millrace.model.Reason;
import io.millrace.normalize.testing.SentRequests;
import io.millrace.verify.SignedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signed times that are too old, too new, missing or broken, of every sender of the catalogue. */
class EveryWindowTest {

  static List<SentRequests> goingStale() {
    return SentRequests.those(Proof::goesStale);
  }

  /** Without tokens that say themselves until when they count, and for which clocks may differ. */
  static List<SentRequests> withWindow() {
    return goingStale().stream()
        .filter(sender -> !List.of("gong", "monday").contains(sender.provider()))
        .toList();
  }

  /** Those that send the time in a header of its own. */
  static List<SentRequests> withTimeHeader() {
    return SentRequests.those(
        proof ->
            proof
                .time()
                .filter(time -> time.place() == Proof.Place.HEADER)
                .filter(time -> !time.name().equals(proof.name()))
                .isPresent());
  }

  @ParameterizedTest
  @MethodSource("withWindow")
  void refusesARequestOutsideTheWindowInEitherDirection(SentRequests sender) {
    var window = sender.proof().time().flatMap(Proof.Time::window).orElseThrow();
    var request = sender.good();

    assertThat(judge(sender, request, NOW.plusSeconds(window))).isEmpty();
    assertThat(judge(sender, request, NOW.plusSeconds(window + 1))).contains(Reason.STALE);
    assertThat(judge(sender, request, NOW.minusSeconds(window))).isEmpty();
    assertThat(judge(sender, request, NOW.minusSeconds(window + 1))).contains(Reason.STALE);
  }

  @ParameterizedTest
  @MethodSource("goingStale")
  void refusesWhatWasSignedThreeDaysAhead(SentRequests sender) {
    assertThat(judge(sender, sender.good(), NOW.minus(Duration.ofDays(3)))).contains(Reason.STALE);
  }

  @ParameterizedTest
  @MethodSource("goingStale")
  void callsAnOldRequestWithAWrongSignatureBadAndNotStale(SentRequests sender) {
    var old = sender.signed(sender.stranger(), NOW.minus(Duration.ofDays(1)));

    assertThat(sender.judge(old)).contains(Reason.BAD_SIGNATURE);
  }

  @ParameterizedTest
  @MethodSource("withTimeHeader")
  void refusesAMissingTime(SentRequests sender) {
    assertThat(judge(sender, List.of())).contains(Reason.MISSING_TIMESTAMP);
    assertThat(judge(sender, List.of(""))).contains(Reason.MISSING_TIMESTAMP);
  }

  @ParameterizedTest
  @MethodSource("withTimeHeader")
  void refusesATimeThatCannotBeRead(SentRequests sender) {
    for (var text :
        List.of(
            "NaN",
            "soon",
            "1e9",
            "+1795168800",
            "-1795168800",
            "1795168800.0",
            "0x6b",
            "١٧٩٥١٦٨٨٠٠",
            "99999999999999999999999999",
            "9223372036854775807",
            "2026-11-20",
            "Fri, 20 Nov 2026",
            "2026-13-20T10:00:00Z")) {
      assertThat(judge(sender, List.of(text))).as(text).contains(Reason.MALFORMED);
    }
  }

  @ParameterizedTest
  @MethodSource("withTimeHeader")
  void refusesTwoDifferentTimes(SentRequests sender) {
    var good = time(sender, sender.good());
    var other = time(sender, sender.signed(sender.first(), NOW.plusSeconds(1)));

    assertThat(judge(sender, List.of(good, other))).contains(Reason.MALFORMED);
    assertThat(judge(sender, List.of(good, good))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("withTimeHeader")
  void refusesAShiftedTime(SentRequests sender) {
    var later = time(sender, sender.signed(sender.first(), NOW.plusSeconds(1)));

    assertThat(judge(sender, List.of(later))).contains(Reason.BAD_SIGNATURE);
  }

  private static Optional<Reason> judge(SentRequests sender, SignedRequest request, Instant now) {
    return sender.judge(request, sender.configured(), now);
  }

  private static Optional<Reason> judge(SentRequests sender, List<String> times) {
    return sender.judge(with(sender.good(), timeHeader(sender), times));
  }

  private static String time(SentRequests sender, SignedRequest request) {
    return request.headers().first(timeHeader(sender)).orElseThrow();
  }

  private static String timeHeader(SentRequests sender) {
    return sender.proof().time().orElseThrow().name();
  }
}
