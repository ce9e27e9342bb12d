package io.millrace.identity;

/** Why two identifiers are linked, in the order in which links unite. */
enum Relation {
  /** Somebody decided that they are one. */
  DECIDED,
  /** The CRM merged their records. */
  MERGED,
  /** An event named both. */
  NAMED;

  /** Whether it unites whatever a limit says. */
  boolean isStrong() {
    return this != NAMED;
  }
}
