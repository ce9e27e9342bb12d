package io.millrace.model;

/** How much a delivery proves about its sender, strongest first. */
public enum Assurance {
  /** The sender signed the whole body. */
  BODY_SIGNED,
  /** The sender signed a part: a token, or the first element of a batch. */
  PARTIAL,
  /** The sender knew a secret but signed nothing. */
  SHARED_SECRET,
  /** Only the sender's address is known. */
  NETWORK,
  /** Nothing. */
  NONE
}
