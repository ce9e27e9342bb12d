package io.millrace.identity;

/** States of an identifier, as in IdentityAssignment. */
public enum IdentityState {
  /** It is one person or account with others. */
  JOINED,
  /** Nothing joins it. */
  ALONE,
  /** A limit keeps it apart from what it is linked to. */
  CONFLICT,
  /** It is linked to too many to say anything about one of them. */
  SHARED,
  /** It joins nobody, by a decision. */
  BLOCKED,
  /** What it is linked to is too large to be one person or account. */
  HELD,
  /** It was erased, and joins nobody. */
  ERASED
}
