package io.millrace.edge;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.edge.testing.ForwardingChains;

/** Jazzer against the chains of proxies; docs/testing.md says how it is run. */
class ForwardingFuzz {

  @FuzzTest(maxDuration = "5m")
  void believesProxiesOnly(byte[] bytes) {
    ForwardingChains.check(bytes);
  }
}
