package io.millrace.rule;

import io.millrace.event.FieldState;
import io.millrace.event.RecordState;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is held of a record now: what a deletion ended does not count, whether it is kept or not.
 */
final class HeldFields {

  private HeldFields() {}

  /**
   * What was written to a field last since the record was deleted, if anything was. Senders tell a
   * record's values as they were after its merges.
   */
  static Optional<FieldState> field(RecordState state, String name) {
    return Stream.concat(Stream.of(state), state.getJoined().values().stream())
        .flatMap(known -> Optional.ofNullable(known.getFields().get(name)).stream())
        .filter(written -> isAfterDeletion(state, written.getStamp()))
        .reduce(StateJoin::later);
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
