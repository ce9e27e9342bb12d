package io.millrace.flow;

import io.millrace.flow.engagement.RecognizeActivities;
import io.millrace.flow.order.SequenceRecordEvents;
import io.millrace.flow.record.MergeRecordState;
import java.util.Set;

/**
 * Where an event is admitted: written to events-ordered or events-late, once and for ever. What
 * fails before is delivered by a replay; what fails after must not be, it would be there twice.
 */
public final class Admission {
  private static final Set<String> STAGES =
      Set.of(
          NormalizeDeliveries.NAME,
          MillraceTopology.DROP_RECORD_DUPLICATES,
          SequenceRecordEvents.NAME,
          MergeRecordState.NAME,
          MillraceTopology.DROP_ENGAGEMENT_DUPLICATES,
          RecognizeActivities.NAME);

  private Admission() {}

  /** Whether what fails in a stage, by its node's name, has been admitted before. */
  public static boolean precedes(String stage) {
    return !STAGES.contains(stage);
  }

  static Set<String> stages() {
    return STAGES;
  }
}
