package io.millrace.audit;

import java.util.List;

/** Reports what the flow still has to read of the audited deliveries. */
@FunctionalInterface
public interface FlowBacklog {

  /** Which roles still have to read what, for messages; empty once nothing is under way. */
  List<String> behind();
}
