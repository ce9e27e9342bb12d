package io.millrace.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Jazzer against splitting, identity and mapping; docs/testing.md says how it is run. */
class NormalizerFuzz {

  static Stream<byte[]> seeds() {
    return Corpus.ofEach(Target.all().size());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "5m")
  void takesApart(byte[] bytes) {
    HostileBodies.check(bytes);
  }
}
