package io.millrace.completeness;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** How far the flow has come, as its topics and the places of its readers tell. */
public interface FlowProgress {

  /** Before which moment each edge has nothing left to hand over, by the edge's name. */
  Map<String, Instant> edges();

  /** Where a topic ends now, uncommitted records included. */
  Ends ends(String topic);

  /** How many records before these ends a role has still to read; what it has read is committed. */
  long left(String role, Ends ends);

  /** Whether readers of committed records can see all before these ends. */
  boolean isCommitted(Ends ends);

  /** The earliest arrival among the values that a store of a role holds now. */
  Optional<Instant> oldest(RoleFlow.Held held);
}
