package io.millrace.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.verify.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The properties that the fuzzers attack, over what they found and some chance, in seconds. */
class HostileInputTest {
  private static final int TIMES = Integer.getInteger("fuzz.times", 5_000);

  @Test
  void everyEntryVerifiesWhatItsSenderSigned() {
    for (var target : Target.all()) {
      for (var sent : target.genuine()) {
        assertThat(target.verifier().verify(Draft.of(sent).request(), target.secrets(), Target.NOW))
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

  @ParameterizedTest
  @MethodSource("extremes")
  void extremesBecomeEventsOrDeadLettersToo(byte[] body) {
    for (var target : Target.all()) {
      var sent = target.genuine().getFirst();
      HostileBodies.check(target, Draft.of(sent).withBody(body).request());
    }
  }

  static Stream<Named<byte[]>> extremes() {
    return Stream.of(
        named("arrays in arrays", "[".repeat(100_000) + "]".repeat(100_000)),
        named("objects in objects", "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000)),
        named("elements in elements", "<a>".repeat(100_000) + "</a>".repeat(100_000)),
        named("brackets of a form", "a" + "[b]".repeat(100_000) + "=1"),
        named("a very long number", "{\"id\":" + "9".repeat(100_000) + "}"),
        named("a huge number", "[{\"id\":1e400,\"timestamp\":1e999999999}]"),
        named("NUL bytes", "\0{\0\"id\"\0:1}"),
        named("half a surrogate", "{\"id\":\"\\ud800\",\"type\":\"\\udc00a\"}"),
        Named.of("invalid UTF-8", new byte[] {'{', '"', (byte) 0xc3, '(', '"', ':', '1', '}'}),
        named("very many elements", "[" + "{},".repeat(1_999) + "{}]"),
        named("too many elements", "[" + "{},".repeat(12_000) + "{}]"));
  }

  private static Named<byte[]> named(String name, String text) {
    return Named.of(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Many elements beside a long text that each of them might repeat. */
  @Test
  void noDeliveryGrowsManyTimesOver() {
    for (var target : Target.all()) {
      var sent = target.genuine().getFirst();
      for (var body : Swollen.bodies(sent.body())) {
        HostileBodies.check(target, Draft.of(sent).withBody(body).request());
      }
    }
  }
}
