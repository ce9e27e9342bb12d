package io.millrace.cli.identity;

import io.millrace.identity.whatif.Decisions;

/** What can be decided. */
enum Verb {
  JOIN(Decisions.JOIN),
  SPLIT(Decisions.SPLIT),
  BLOCK(Decisions.BLOCK),
  WITHDRAW(Decisions.WITHDRAWN);

  private final String decision;

  Verb(String decision) {
    this.decision = decision;
  }

  /** As the topic writes it. */
  String decision() {
    return decision;
  }
}
