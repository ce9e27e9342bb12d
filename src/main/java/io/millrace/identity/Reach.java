package io.millrace.identity;

/** What an identifier is connected with. */
enum Reach {
  /** All of it is one person or account. */
  UNITED,
  /** A limit or a decision keeps some of it apart, or may do so. */
  LIMITED,
  /** More than can be one person or account. */
  HELD
}
