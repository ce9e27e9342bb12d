package io.millrace.flow.record;

import io.millrace.event.FieldState;
import io.millrace.event.RecordState;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The current fields of a record: what a deletion ended does not count, even if it is still kept.
 * Senders report a record's values as they were after its merges.
 */
public final class HeldFields {
  private final boolean isPartOfAnother;
  private final Collection<RecordView.Part> parts;

  /**
   * The fields of a record.
   *
   * @param id its own id
   */
  public HeldFields(String id, RecordState state) {
    Collection<RecordView.Part> shown = RecordView.parts(id, state).values();
    isPartOfAnother = shown.isEmpty();
    parts = isPartOfAnother ? List.of(RecordView.Part.alone(state)) : shown;
  }

  /** The last write to a field since it was last ended by a deletion, if any. */
  public Optional<FieldState> field(String name) {
    FieldState latest = null;
    for (RecordView.Part part : parts) {
      latest = later(part, part.state().getFields().get(name), latest);
    }
    return Optional.ofNullable(latest);
  }

  private static @Nullable FieldState later(
      RecordView.Part part, @Nullable FieldState written, @Nullable FieldState latest) {
    if (written == null || !part.shows(written.getStamp())) {
      return latest;
    }
    return latest == null ? written : SameInstant.later(latest, written);
  }

  /** Whether the fields have exactly these values; null stands for no value. */
  public boolean hold(Map<String, String> values) {
    for (Map.Entry<String, String> value : values.entrySet()) {
      Optional<String> expected = Optional.ofNullable(value.getValue());
      if (!field(value.getKey()).flatMap(FieldState::getValue).equals(expected)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The stamp of the deletion that ended the record, if it was not created again. One that is part
   * of another is not gone: its events apply to that one.
   */
  public Optional<String> goneSince() {
    return isPartOfAnother || parts.stream().anyMatch(RecordView.Part::isAlive)
        ? Optional.empty()
        : parts.stream()
            .map(RecordView.Part::ended)
            .max(Comparator.naturalOrder())
            .filter(ended -> !ended.isEmpty());
  }
}
