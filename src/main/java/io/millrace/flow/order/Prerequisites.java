package io.millrace.flow.order;

import io.millrace.event.Event;
import io.millrace.event.FieldState;
import io.millrace.flow.order.Sequencing.RecordContext;
import io.millrace.model.EventOrder;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a missing prerequisite of an event. It must be certain, because an event waits for minutes
 * because of it. So these prove nothing: a field that was never written, a value written by another
 * source, which may use other names, a nested value, of which senders may send only parts, and a
 * value or deletion from the future, which no event changes until then.
 */
final class Prerequisites {

  private Prerequisites() {}

  /** The first missing prerequisite of the event, if any. */
  static Optional<Prerequisite> missing(
      Event event, RecordContext recordContext, OrderingRule rule) {
    if (rule.prerequisiteWait().isZero()) {
      return Optional.empty();
    }
    if (missesCreation(event, recordContext, rule)) {
      return Optional.of(Prerequisite.CREATION);
    }
    if (Sequence.isAhead(event, recordContext.order()) && rule.contiguousSequence()) {
      return Optional.of(Prerequisite.SEQUENCE);
    }
    // A deletion applies to any state, and nothing can be missing before a creation.
    if (EventOrder.isCreation(event) || EventOrder.isDeletion(event)) {
      return Optional.empty();
    }
    if (comesAfterAnotherChange(event, recordContext, rule)) {
      return Optional.of(Prerequisite.PREVIOUS);
    }
    return declared(event, recordContext, rule);
  }

  private static boolean missesCreation(
      Event event, RecordContext recordContext, OrderingRule rule) {
    // A merge may create its survivor.
    if (!rule.expectsCreation() || EventOrder.isCreation(event) || EventOrder.isMerge(event)) {
      return false;
    }
    return !Sequencing.isKnown(recordContext.order())
        || (!EventOrder.isDeletion(event) && recordContext.isGone(event));
  }

  private static boolean comesAfterAnotherChange(
      Event event, RecordContext recordContext, OrderingRule rule) {
    return rule.follows().stream()
        .filter(event.getPrevious()::containsKey)
        .anyMatch(
            name ->
                isOther(event, recordContext, name, event.getPrevious().get(name))
                    && !isAlreadySo(event, recordContext, name));
  }

  /** Another event already reported the same change. */
  private static boolean isAlreadySo(Event event, RecordContext recordContext, String name) {
    return event.getData().containsKey(name)
        && !isOther(event, recordContext, name, event.getData().get(name));
  }

  private static Optional<Prerequisite> declared(
      Event event, RecordContext recordContext, OrderingRule rule) {
    for (EventPrerequisite prerequisite : rule.prerequisites()) {
      if (!prerequisite.isAbout(event.getEventType())) {
        continue;
      }
      if (!holdsOneOfEach(event, recordContext, prerequisite.needs())) {
        return Optional.of(Prerequisite.NEEDS);
      }
      if (repeatsAnotherChange(event, recordContext, prerequisite.unchanged())) {
        return Optional.of(Prerequisite.UNCHANGED);
      }
    }
    return Optional.empty();
  }

  private static boolean holdsOneOfEach(
      Event event, RecordContext recordContext, Map<String, Set<String>> needs) {
    return needs.entrySet().stream()
        .allMatch(
            need ->
                field(recordContext, need.getKey())
                    .filter(
                        held ->
                            held.getValue().filter(need.getValue()::contains).isPresent()
                                || EventOrder.isFromTheFuture(held.getStamp(), event))
                    .isPresent());
  }

  /** A value that the event clears, or lists as changed, is part of the event itself. */
  private static boolean repeatsAnotherChange(
      Event event, RecordContext recordContext, Set<String> fields) {
    return fields.stream()
        .filter(name -> event.getData().get(name) != null)
        .filter(name -> !event.getPrevious().containsKey(name))
        .anyMatch(name -> isOther(event, recordContext, name, event.getData().get(name)));
  }

  /** Whether the event's own source last wrote a different value to the field. */
  private static boolean isOther(
      Event event, RecordContext recordContext, String name, @Nullable String value) {
    return field(recordContext, name)
        .filter(held -> EventOrder.isStampOf(event.getSource(), held.getStamp()))
        .filter(held -> isOther(held.getValue().orElse(null), value))
        .filter(held -> !EventOrder.isFromTheFuture(held.getStamp(), event))
        .isPresent();
  }

  private static boolean isOther(@Nullable String held, @Nullable String value) {
    return !Objects.equals(held, value) && !isNested(held) && !isNested(value);
  }

  private static Optional<FieldState> field(RecordContext recordContext, String name) {
    return recordContext.held().get().flatMap(held -> held.field(name));
  }

  private static boolean isNested(@Nullable String value) {
    return value != null && (value.startsWith("{") || value.startsWith("["));
  }
}
