package io.millrace.bench.simulator;

import io.millrace.bench.sender.Outgoing;
import io.millrace.bench.simulator.plan.RequestKind;
import io.millrace.model.Reason;
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

  /** The reason for which it must be refused; empty if it must be accepted. */
  public Optional<Reason> refusal() {
    return kind.refusal();
  }
}
