package io.millrace.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.verify.Verdict;
import org.junit.jupiter.api.Test;

/** The properties that the fuzzers attack, over what they found and some chance, in seconds. */
class HostileInputTest {
  private static final int TIMES = Integer.getInteger("fuzz.times", 20_000);

  @Test
  void everyEntryVerifiesWhatItsSenderSigned() {
    for (var target : Target.all()) {
      for (var sent : target.genuine()) {
        assertThat(
                target.verifier().verify(Draft.of(sent).request(), target.secrets(), Target.NOW))
            .as(target.toString())
            .isInstanceOf(Verdict.Verified.class);
      }
    }
  }

  @Test
  void noForgeryIsAccepted() {
    Corpus.ofEach(Target.all().size()).forEach(Forgeries::check);
    Corpus.found(VerificationFuzz.class, "judges").forEach(Forgeries::check);
    Corpus.mutate(TIMES, Forgeries::check);
  }

  @Test
  void everyPartBecomesAnEventOrADeadLetter() {
    Corpus.ofEach(Target.all().size()).forEach(HostileBodies::check);
    Corpus.found(NormalizerFuzz.class, "takesApart").forEach(HostileBodies::check);
    Corpus.mutate(TIMES, HostileBodies::check);
  }
}
