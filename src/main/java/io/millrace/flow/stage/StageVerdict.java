package io.millrace.flow.stage;

/** The assessment of a change by its lifecycle. */
public enum StageVerdict {
  /** The first stage of a life. */
  INITIAL,
  /** The next stage in the usual order, or a move that is declared. */
  ALLOWED,
  /** Ahead in the usual order, past other stages. */
  SKIPPED,
  /**
   * A move that is not declared. It is only reported; the record has the new stage all the same.
   */
  NOT_ALLOWED,
  /** One of the two stages is not declared. */
  UNKNOWN_STAGE,
  /** The record was deleted in this stage. */
  ENDED,
  /** A watched field has another value; there is nothing to judge. */
  CHANGED
}
