package io.millrace.flow.order;

import io.millrace.event.Event;
import io.millrace.event.FieldState;
import io.millrace.flow.order.Sequencing.Standing;
import io.millrace.flow.record.HeldFields;
import io.millrace.model.EventOrder;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is still missing before an event. It must be a fact, since an event is held for
 * minutes because of it: a field nobody wrote says nothing, nor does a value another source wrote,
 * which may call the same stage something else, nor a nested value, of which senders show parts.
 */
final class Prerequisites {

  private Prerequisites() {}

  /** What the event misses first, if anything. */
  static Optional<Prerequisite> missing(Event event, Standing standing, OrderingRule rule) {
    if (rule.prerequisiteWait().isZero()) {
      return Optional.empty();
    }
    if (missesCreation(event, standing, rule)) {
      return Optional.of(Prerequisite.CREATION);
    }
    if (Sequence.isAhead(event, standing.order()) && rule.contiguousSequence()) {
      return Optional.of(Prerequisite.SEQUENCE);
    }
    // A deletion ends the record whatever it was, and nothing can be missing before a creation.
    if (EventOrder.isCreation(event) || EventOrder.isDeletion(event)) {
      return Optional.empty();
    }
    if (comesAfterAnotherChange(event, standing, rule)) {
      return Optional.of(Prerequisite.PREVIOUS);
    }
    return declared(event, standing, rule);
  }

  private static boolean missesCreation(Event event, Standing standing, OrderingRule rule) {
    if (!rule.expectsCreation() || EventOrder.isCreation(event)) {
      return false;
    }
    return !Sequencing.isKnown(standing.order())
        || (!EventOrder.isDeletion(event) && standing.isGone());
  }

  private static boolean comesAfterAnotherChange(
      Event event, Standing standing, OrderingRule rule) {
    return rule.follows().stream()
        .filter(event.getPrevious()::containsKey)
        .anyMatch(
            name ->
                isOther(event, standing, name, event.getPrevious().get(name))
                    && !isAlreadySo(event, standing, name));
  }

  /** The change it reports has been told by another event. */
  private static boolean isAlreadySo(Event event, Standing standing, String name) {
    return event.getData().containsKey(name)
        && !isOther(event, standing, name, event.getData().get(name));
  }

  private static Optional<Prerequisite> declared(
      Event event, Standing standing, OrderingRule rule) {
    for (EventPrerequisite prerequisite : rule.prerequisites()) {
      if (!prerequisite.isAbout(event.getEventType())) {
        continue;
      }
      if (!holdsOneOfEach(standing, prerequisite.needs())) {
        return Optional.of(Prerequisite.NEEDS);
      }
      if (repeatsAnotherChange(event, standing, prerequisite.unchanged())) {
        return Optional.of(Prerequisite.UNCHANGED);
      }
    }
    return Optional.empty();
  }

  private static boolean holdsOneOfEach(Standing standing, Map<String, Set<String>> needs) {
    return needs.entrySet().stream()
        .allMatch(
            need ->
                field(standing, need.getKey())
                    .flatMap(FieldState::getValue)
                    .filter(need.getValue()::contains)
                    .isPresent());
  }

  /** A value it clears, or says itself to have changed, is its own doing. */
  private static boolean repeatsAnotherChange(Event event, Standing standing, Set<String> fields) {
    return fields.stream()
        .filter(name -> event.getData().get(name) != null)
        .filter(name -> !event.getPrevious().containsKey(name))
        .anyMatch(name -> isOther(event, standing, name, event.getData().get(name)));
  }

  /** Whether the event's own source wrote something else to the field last. */
  private static boolean isOther(
      Event event, Standing standing, String name, @Nullable String value) {
    return field(standing, name)
        .filter(held -> EventOrder.isStampOf(event.getSource(), held.getStamp()))
        .filter(held -> isOther(held.getValue().orElse(null), value))
        .isPresent();
  }

  private static boolean isOther(@Nullable String held, @Nullable String value) {
    return !Objects.equals(held, value) && !isNested(held) && !isNested(value);
  }

  private static Optional<FieldState> field(Standing standing, String name) {
    return standing.state().get().flatMap(state -> HeldFields.field(state, name));
  }

  private static boolean isNested(@Nullable String value) {
    return value != null && (value.startsWith("{") || value.startsWith("["));
  }
}
