package io.millrace.flow.account;

import io.millrace.event.AccountIdentity;
import io.millrace.event.AccountScore;
import io.millrace.event.Event;
import io.millrace.event.EventMetadata;
import io.millrace.event.Lineage;
import io.millrace.event.RecordRef;
import io.millrace.flow.score.Threshold;
import io.millrace.flow.score.ThresholdEvents;
import io.millrace.flow.score.ThresholdWatch;
import io.millrace.model.Assurance;
import io.millrace.model.OwnEvents;
import java.time.Instant;
import java.util.Map;

/** The events that Millrace itself raises when the score of an account reaches a threshold. */
final class AccountEvents {
  /** The type of the records that these events are about: an account by its own id. */
  private static final String ACCOUNT = "account";

  private AccountEvents() {}

  /**
   * The event for a score that has reached a threshold.
   *
   * @param previous the score before
   * @param arrival when the change arrived that it follows from
   */
  static Event reached(
      ThresholdWatch.Crossing crossing, AccountScore score, int previous, Instant arrival) {
    Threshold threshold = crossing.threshold();
    String account = score.getAccount();
    return Event.newBuilder()
        .setEventId(account + "|" + threshold.name() + "|" + crossing.number())
        .setEventType(threshold.raises())
        .setSource(OwnEvents.SOURCE)
        .setOccurredAt(score.getAsOf())
        .setReceivedAt(arrival)
        .setRecord(new RecordRef(ACCOUNT, account))
        .setAccount(AccountIdentity.newBuilder().setKey(account).build())
        .setData(
            Map.of(
                "threshold", threshold.name(),
                "score", Integer.toString(score.getScore()),
                "previous_score", Integer.toString(previous),
                "model", score.getModel(),
                "contributions", ThresholdEvents.json(score.getContributions())))
        .setMetadata(
            EventMetadata.newBuilder()
                .setAssurance(Assurance.NONE.name())
                .setLineage(new Lineage("account:" + account, -1, -1L, -1))
                .build())
        .build();
  }
}
