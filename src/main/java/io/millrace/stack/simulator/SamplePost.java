package io.millrace.stack.simulator;

import io.millrace.rule.Reason;
import io.millrace.stack.simulator.sender.Outgoing;
import java.util.List;
import java.util.Optional;

/**
 * A request that is about to be posted, signed or forged.
 *
 * @param becomes the types of the canonical events it must become; empty if it is refused
 */
public record SamplePost(Outgoing request, RequestKind kind, List<String> becomes) {
  public SamplePost {
    becomes = List.copyOf(becomes);
  }

  /** Why it must be refused; empty when it must be accepted. */
  public Optional<Reason> refusal() {
    return kind.refusal();
  }
}
