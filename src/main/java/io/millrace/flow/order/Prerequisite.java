package io.millrace.flow.order;

/** What an event can miss, by the words of {@code topology/rules/ordering.yaml}. */
public enum Prerequisite {
  /** The creation of its record, which is unknown, or was deleted. */
  CREATION,
  /** An event whose number lies between the last one's and its own. */
  SEQUENCE,
  /** The change that led to what it says was there before. */
  PREVIOUS,
  /** A value its record must hold. */
  NEEDS,
  /** The change to a value that it repeats. */
  UNCHANGED
}
