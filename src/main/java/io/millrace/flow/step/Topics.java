package io.millrace.flow.step;

import io.millrace.event.Account;
import io.millrace.event.AccountMessage;
import io.millrace.event.AccountScore;
import io.millrace.event.AccountScoreChange;
import io.millrace.event.AccountSignal;
import io.millrace.event.CompletenessMark;
import io.millrace.event.CrmAccount;
import io.millrace.event.CrmContact;
import io.millrace.event.CrmDeal;
import io.millrace.event.CrmLead;
import io.millrace.event.DeadLetter;
import io.millrace.event.Delivery;
import io.millrace.event.DuplicateEvent;
import io.millrace.event.EngagementBatch;
import io.millrace.event.Erasure;
import io.millrace.event.ErasureOrder;
import io.millrace.event.ErasureRequest;
import io.millrace.event.Event;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.IdentityChange;
import io.millrace.event.IdentityDecision;
import io.millrace.event.IdentityLink;
import io.millrace.event.LeadScore;
import io.millrace.event.LeadScoreChange;
import io.millrace.event.Person;
import io.millrace.event.PersonMessage;
import io.millrace.event.RecordHistory;
import io.millrace.event.RecordMerged;
import io.millrace.event.ScoreComparison;
import io.millrace.event.Signal;
import io.millrace.event.StageChange;
import io.millrace.event.SuppressedEvent;
import io.millrace.event.UsageCount;
import io.millrace.kafka.topic.Topic;
import java.util.List;

/**
 * The topics of the flow, in its order. {@code topology/topics.yaml} contains their settings and
 * declares further record topics: see {@code RecordTopics}.
 */
public final class Topics {
  public static final Topic<Delivery> DELIVERIES_RECEIVED =
      new Topic<>("deliveries-received", Delivery.class);
  public static final Topic<Event> RECORD_EVENTS = new Topic<>("record-events", Event.class);
  public static final Topic<Event> ENGAGEMENT_EVENTS =
      new Topic<>("engagement-events", Event.class);
  public static final Topic<IdentifierSighting> IDENTIFIER_SIGHTINGS =
      new Topic<>("identifier-sightings", IdentifierSighting.class);
  public static final Topic<IdentityLink> IDENTITY_LINKS =
      new Topic<>("identity-links", IdentityLink.class);
  public static final Topic<IdentityDecision> IDENTITY_DECISIONS =
      new Topic<>("identity-decisions", IdentityDecision.class);
  public static final Topic<IdentityAssignment> IDENTITY_ASSIGNMENTS =
      new Topic<>("identity-assignments", IdentityAssignment.class);
  public static final Topic<IdentityChange> IDENTITIES_CHANGED =
      new Topic<>("identities-changed", IdentityChange.class);
  public static final Topic<PersonMessage> PERSON_MESSAGES =
      new Topic<>("person-messages", PersonMessage.class);
  public static final Topic<Person> PEOPLE = new Topic<>("people", Person.class);
  public static final Topic<Event> EVENTS_ORDERED = new Topic<>("events-ordered", Event.class);
  public static final Topic<Event> EVENTS_LATE = new Topic<>("events-late", Event.class);
  public static final Topic<DuplicateEvent> EVENTS_DUPLICATE =
      new Topic<>("events-duplicate", DuplicateEvent.class);
  public static final Topic<SuppressedEvent> EVENTS_SUPPRESSED =
      new Topic<>("events-suppressed", SuppressedEvent.class);
  public static final Topic<DeadLetter> DEAD_LETTERS =
      new Topic<>("dead-letters", DeadLetter.class);
  public static final Topic<RecordMerged> RECORDS_MERGED =
      new Topic<>("records-merged", RecordMerged.class);
  public static final Topic<RecordHistory> RECORD_HISTORIES =
      new Topic<>("record-histories", RecordHistory.class);
  public static final Topic<StageChange> STAGES_CHANGED =
      new Topic<>("stages-changed", StageChange.class);
  public static final Topic<EngagementBatch> ENGAGEMENT_BATCHES =
      new Topic<>("engagement-batches", EngagementBatch.class);
  public static final Topic<Signal> SIGNALS_DETECTED =
      new Topic<>("signals-detected", Signal.class);
  public static final Topic<UsageCount> USAGE_COUNTED =
      new Topic<>("usage-counted", UsageCount.class);
  public static final Topic<LeadScore> LEAD_SCORES = new Topic<>("lead-scores", LeadScore.class);
  public static final Topic<LeadScoreChange> LEAD_SCORES_CHANGED =
      new Topic<>("lead-scores-changed", LeadScoreChange.class);
  public static final Topic<ScoreComparison> LEAD_SCORES_COMPARED =
      new Topic<>("lead-scores-compared", ScoreComparison.class);

  /** The identifiers of erased people; every process of the role normalize reads all of it. */
  public static final Topic<Erasure> ERASURES = new Topic<>("erasures", Erasure.class);

  /** The orders to erase records, each in the partition of its record. */
  public static final Topic<ErasureOrder> ERASE_RECORDS =
      new Topic<>("erase-records", ErasureOrder.class);

  /** The orders to erase identifiers, each in the partition of its home or of its person. */
  public static final Topic<ErasureOrder> ERASE_PEOPLE =
      new Topic<>("erase-people", ErasureOrder.class);

  /** What senders ask to erase, at the home of the identifier or at its person. */
  public static final Topic<ErasureRequest> ERASURE_REQUESTS =
      new Topic<>("erasure-requests", ErasureRequest.class);

  public static final Topic<AccountMessage> ACCOUNT_MESSAGES =
      new Topic<>("account-messages", AccountMessage.class);
  public static final Topic<Account> ACCOUNTS = new Topic<>("accounts", Account.class);
  public static final Topic<AccountScore> ACCOUNT_SCORES =
      new Topic<>("account-scores", AccountScore.class);
  public static final Topic<AccountScoreChange> ACCOUNT_SCORES_CHANGED =
      new Topic<>("account-scores-changed", AccountScoreChange.class);
  public static final Topic<AccountSignal> ACCOUNT_SIGNALS =
      new Topic<>("account-signals", AccountSignal.class);

  public static final Topic<CompletenessMark> COMPLETENESS_MARKS =
      new Topic<>("completeness-marks", CompletenessMark.class);

  /** Record topics with typed columns for readers; the flow does not use these constants. */
  public static final Topic<CrmLead> CRM_LEADS = new Topic<>("crm-leads", CrmLead.class);

  public static final Topic<CrmContact> CRM_CONTACTS =
      new Topic<>("crm-contacts", CrmContact.class);
  public static final Topic<CrmDeal> CRM_DEALS = new Topic<>("crm-deals", CrmDeal.class);
  public static final Topic<CrmAccount> CRM_ACCOUNTS =
      new Topic<>("crm-accounts", CrmAccount.class);

  private Topics() {}

  /**
   * The topics that one task reads together: the same partition of all of them belongs to one task.
   * They must have the same number of partitions. Kafka Streams does not check this for processors,
   * but TopicSettings does: with different numbers a record would belong to two tasks, and tasks
   * that lack a partition would never be idle.
   */
  public static List<Topic<?>> ofRecordTasks() {
    return List.of(RECORD_EVENTS, RECORDS_MERGED, RECORD_HISTORIES, ERASE_RECORDS);
  }

  /**
   * The topics that one task of the role engagement reads together, as with {@link #ofRecordTasks}.
   */
  public static List<Topic<?>> ofEngagementTasks() {
    return List.of(
        ENGAGEMENT_EVENTS,
        IDENTIFIER_SIGHTINGS,
        IDENTITY_ASSIGNMENTS,
        PERSON_MESSAGES,
        ERASE_PEOPLE,
        ERASURE_REQUESTS);
  }

  /** The topics that the one task of the role identity reads. */
  public static List<Topic<?>> ofIdentityTasks() {
    return List.of(IDENTITY_LINKS, IDENTITY_DECISIONS);
  }

  /** The topics that one task of the role accounts reads together. */
  public static List<Topic<?>> ofAccountTasks() {
    return List.of(
        PEOPLE,
        LEAD_SCORES,
        SIGNALS_DETECTED,
        IDENTIFIER_SIGHTINGS,
        IDENTITY_ASSIGNMENTS,
        ACCOUNT_MESSAGES);
  }

  /** All topics except the record topics, in the order of the flow. */
  public static List<Topic<?>> all() {
    return List.of(
        DELIVERIES_RECEIVED,
        RECORD_EVENTS,
        ENGAGEMENT_EVENTS,
        IDENTIFIER_SIGHTINGS,
        IDENTITY_LINKS,
        IDENTITY_DECISIONS,
        IDENTITY_ASSIGNMENTS,
        IDENTITIES_CHANGED,
        PERSON_MESSAGES,
        PEOPLE,
        EVENTS_ORDERED,
        EVENTS_LATE,
        EVENTS_DUPLICATE,
        EVENTS_SUPPRESSED,
        DEAD_LETTERS,
        RECORDS_MERGED,
        RECORD_HISTORIES,
        STAGES_CHANGED,
        ENGAGEMENT_BATCHES,
        SIGNALS_DETECTED,
        USAGE_COUNTED,
        LEAD_SCORES,
        LEAD_SCORES_CHANGED,
        LEAD_SCORES_COMPARED,
        ERASURES,
        ERASE_RECORDS,
        ERASE_PEOPLE,
        ERASURE_REQUESTS,
        ACCOUNT_MESSAGES,
        ACCOUNTS,
        ACCOUNT_SCORES,
        ACCOUNT_SCORES_CHANGED,
        ACCOUNT_SIGNALS,
        COMPLETENESS_MARKS);
  }
}
