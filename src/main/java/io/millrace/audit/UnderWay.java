package io.millrace.audit;

import java.util.List;

/** Tells how far the flow has come with the deliveries that are audited. */
@FunctionalInterface
public interface UnderWay {

  /** Who has still to read what, in words; empty once nothing is under way any more. */
  List<String> behind();
}
