package io.millrace.provider;

import static io.millrace.normalize.testing.SignedSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Assurance;
import io.millrace.model.Reason;
import io.millrace.normalize.testing.SentRequests;
import io.millrace.verify.Secret;
import io.millrace.verify.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What has to hold for every sender that proves anything: whose requests count, and what they
 * prove.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("senders")
class EverySenderTest {
  private final SentRequests sender;

  EverySenderTest(SentRequests sender) {
    this.sender = sender;
  }

  static List<SentRequests> senders() {
    return SentRequests.proving();
  }

  @Test
  void verifiesWhatTheSenderSignedAndSaysWhatThatProves() {
    var verdict = sender.verifier().verify(sender.good(), sender.configured(), NOW);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Verified.class,
            verified -> assertThat(verified.assurance()).isEqualTo(expectedAssurance()));
  }

  @Test
  void verifiesWithTheSecondSecretToo() {
    var verdict =
        sender.verifier().verify(sender.signed(sender.second(), NOW), sender.configured(), NOW);

    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Verified.class,
            verified -> assertThat(verified.secret()).contains("env:SECRET_1"));
  }

  @Test
  void refusesAnotherSecret() {
    assertThat(sender.judge(sender.signed(sender.stranger(), NOW))).contains(Reason.BAD_SIGNATURE);
  }

  @Test
  void refusesALateRequestOnlyWhereTheTimeIsLimited() {
    var late = sender.judge(sender.good(), sender.configured(), NOW.plus(Duration.ofDays(3)));

    assertThat(late)
        .isEqualTo(sender.proof().goesStale() ? Optional.of(Reason.STALE) : Optional.empty());
  }

  @Test
  void refusesSecretsThatAreNotActive() {
    var expired = sender.secrets(Optional.empty(), Optional.of(NOW));
    var future = sender.secrets(Optional.of(NOW.plusSeconds(1)), Optional.empty());

    assertThat(sender.judge(sender.good(), expired, NOW)).contains(Reason.NO_SECRET);
    assertThat(sender.judge(sender.good(), future, NOW)).contains(Reason.NO_SECRET);
    assertThat(sender.judge(sender.good(), List.of(), NOW)).contains(Reason.NO_SECRET);
  }

  @Test
  void refusesAnExpiredSecretBesideAnActiveOne() {
    var first = sender.first().verifying();
    var second = sender.second().verifying();
    var secrets =
        List.of(
            new Secret("old", first, Optional.empty(), Optional.of(NOW)),
            new Secret("new", second, Optional.of(NOW), Optional.empty()));

    assertThat(sender.judge(sender.good(), secrets, NOW)).contains(Reason.BAD_SIGNATURE);
    assertThat(sender.judge(sender.signed(sender.second(), NOW), secrets, NOW)).isEmpty();
  }

  @Test
  void neverVerifiesWithAnUnusableSecret() {
    for (var value : List.of("", " ", "\u0000", "whsec_", "whpk_")) {
      var unusable = new Secret("unusable", value, Optional.empty(), Optional.empty());

      assertThat(sender.judge(sender.good(), List.of(unusable), NOW)).as(value).isNotEmpty();
    }
    var blank = new Secret("blank", " ", Optional.empty(), Optional.empty());
    assertThat(sender.judge(sender.good(), List.of(blank), NOW)).contains(Reason.NO_SECRET);
  }

  private Assurance expectedAssurance() {
    // Salesloft signs the body, but with a key that travels in every body; PayPal its checksum.
    if (Set.of("salesloft", "paypal").contains(sender.provider())) {
      return Assurance.PARTIAL;
    }
    return switch (sender.proof().shows()) {
      case BODY -> Assurance.BODY_SIGNED;
      case PART -> Assurance.PARTIAL;
      case SECRET -> Assurance.SHARED_SECRET;
      case NOTHING -> Assurance.NONE;
    };
  }
}
