package io.millrace.flow.order;

/** What an event can be missing, named as in {@code topology/rules/ordering.yaml}. */
public enum Prerequisite {
  /** The creation of its record, which is unknown or was deleted. */
  CREATION,
  /** An event whose number lies between the last one's and its own. */
  SEQUENCE,
  /** The change that led to the previous value it states. */
  PREVIOUS,
  /** A value that its record must have. */
  NEEDS,
  /** The change to a value that it repeats. */
  UNCHANGED
}
