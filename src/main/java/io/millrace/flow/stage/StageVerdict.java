package io.millrace.flow.stage;

/** What a lifecycle says about a change. */
public enum StageVerdict {
  /** The first stage of a life. */
  INITIAL,
  /** The next stage in the usual order, or a move that is declared. */
  ALLOWED,
  /** Ahead in the usual order, past other stages. */
  SKIPPED,
  /** A move that nobody declared. It is reported; what the record is does not change by it. */
  NOT_ALLOWED,
  /** One of the two stages is not declared. */
  UNKNOWN_STAGE,
  /** The record was deleted in this stage. */
  ENDED,
  /** A watched field has another value; there is nothing to judge. */
  CHANGED
}
