package io.millrace.edge;

import io.millrace.edge.testing.ForwardingChains;
import io.millrace.fuzz.Corpus;
import org.junit.jupiter.api.Test;

class ForwardingChainsTest {
  private static final int TIMES = Integer.getInteger("fuzz.times", 20_000);

  @Test
  void noSenderNamesAnother() {
    Corpus.found(ForwardingFuzz.class, "believesProxiesOnly").forEach(ForwardingChains::check);
    Corpus.mutate(TIMES, ForwardingChains::check);
  }
}
