package io.millrace.identity.whatif;

import java.util.List;

/** Works out who is who by links and decisions. */
@FunctionalInterface
public interface WhatIf {

  /** The people and accounts that some identifiers are; each identifier is in exactly one. */
  List<Group> groups(KnownGraph graph);
}
