package io.millrace.flow;

import io.millrace.flow.engagement.AwaitContext;
import io.millrace.flow.engagement.RecognizeActivities;
import io.millrace.flow.order.SequenceRecordEvents;
import io.millrace.flow.person.FindPerson;
import io.millrace.flow.person.MeetPerson;
import io.millrace.flow.record.MergeRecordState;
import java.util.HashSet;
import java.util.Set;

/**
 * The steps up to the one that admits an event, which writes it to events-ordered or events-late
 * exactly once. An event that fails before its admission can be replayed; one that fails after it
 * must not be, because it would be delivered twice.
 */
public final class Admission {
  private static final Set<String> STAGES =
      Set.of(
          NormalizeDeliveries.NAME,
          MillraceTopology.SUPPRESS_RECORDS.step(),
          MillraceTopology.SUPPRESS_PEOPLE.step(),
          MillraceTopology.DROP_RECORD_DUPLICATES,
          SequenceRecordEvents.NAME,
          MergeRecordState.NAME,
          MillraceTopology.DROP_ENGAGEMENT_DUPLICATES,
          FindPerson.NAME,
          MeetPerson.NAME,
          AwaitContext.NAME,
          RecognizeActivities.NAME);

  private Admission() {}

  /** Whether an event that fails in a stage (the name of its node) was already admitted. */
  public static boolean precedes(String stage) {
    return !STAGES.contains(stage);
  }

  /**
   * The steps between deduplication and admission. An event that fails there is remembered as
   * admitted, but was not delivered.
   */
  public static Set<String> afterDeduplication() {
    Set<String> steps = new HashSet<>(MillraceTopology.DEDUPLICATE_RECORDS.later());
    steps.addAll(MillraceTopology.DEDUPLICATE_ENGAGEMENT.later());
    return steps;
  }

  static Set<String> stages() {
    return STAGES;
  }
}
