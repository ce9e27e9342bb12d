package io.millrace.rule;

import io.millrace.event.FieldState;
import io.millrace.event.RecordState;
import java.util.Optional;

/**
 * What is held of a record now: what a deletion ended does not count, whether it is kept or not.
 */
final class HeldFields {

  private HeldFields() {}

  /** What was written to a field since the record was deleted last, if anything was. */
  static Optional<FieldState> field(RecordState state, String name) {
    return Optional.ofNullable(state.getFields().get(name))
        .filter(written -> isAfterDeletion(state, written.getStamp()));
  }

  /** Whether the record was deleted and has not come into being again. */
  static boolean isGone(RecordState state) {
    return state.getDeleted().isPresent()
        && state.getCreated().filter(created -> isAfterDeletion(state, created)).isEmpty();
  }

  private static boolean isAfterDeletion(RecordState state, String stamp) {
    return state.getDeleted().filter(deleted -> stamp.compareTo(deleted) <= 0).isEmpty();
  }
}
