package io.millrace.flow.record;

import io.millrace.event.FieldState;
import io.millrace.event.RecordState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The current fields of a record: fields from before a deletion do not count, even if they are
 * still kept.
 */
public final class HeldFields {

  private HeldFields() {}

  /**
   * The last write to a field since the record was last deleted, if any. Senders report a record's
   * values as they were after its merges.
   */
  public static Optional<FieldState> field(RecordState state, String name) {
    FieldState latest = later(state, state.getFields().get(name), null);
    for (RecordState joined : state.getJoined().values()) {
      latest = later(state, joined.getFields().get(name), latest);
    }
    return Optional.ofNullable(latest);
  }

  private static @Nullable FieldState later(
      RecordState state, @Nullable FieldState written, @Nullable FieldState latest) {
    if (written == null || !isAfterDeletion(state, written.getStamp())) {
      return latest;
    }
    return latest == null ? written : StateJoin.later(latest, written);
  }

  /** Whether the record was deleted and not created again. */
  public static boolean isGone(RecordState state) {
    return state.getDeleted().isPresent()
        && state.getCreated().filter(created -> isAfterDeletion(state, created)).isEmpty();
  }

  private static boolean isAfterDeletion(RecordState state, String stamp) {
    return state.getDeleted().filter(deleted -> stamp.compareTo(deleted) <= 0).isEmpty();
  }
}
