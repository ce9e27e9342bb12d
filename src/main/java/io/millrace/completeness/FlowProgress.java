package io.millrace.completeness;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The progress of the flow, according to its topics and the offsets of its readers. */
public interface FlowProgress {

  /** The time before which each edge has forwarded everything, by the edge's name. */
  Map<String, Instant> edges();

  /** The current end offsets of a topic, including uncommitted records. */
  EndOffsets ends(String topic);

  /** How many records before these ends a role still has to read and commit. */
  long left(String role, EndOffsets ends);

  /** Whether all records before these ends are visible to readers of committed records. */
  boolean isCommitted(EndOffsets ends);

  /** The earliest arrival among the current values of a role's store. */
  Optional<Instant> oldest(RoleFlow.Held held);
}
