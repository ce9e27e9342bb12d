package io.millrace.flow.stage;

import io.millrace.event.Event;
import io.millrace.model.EventOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The declared stages of one record type and the moves between them.
 *
 * @param name its name for readers
 * @param recordType the type of its records
 * @param field the field with the stage
 * @param onCreation the stage of a record whose creation names none
 * @param stages in their usual order
 * @param names the senders' spellings
 * @param moves the declared moves from each stage, in addition to the next stage
 * @param implied stages that event types imply
 * @param watch fields whose changes are also reported
 */
public record Lifecycle(
    String name,
    String recordType,
    String field,
    Optional<String> onCreation,
    List<LifecycleStage> stages,
    StageNames names,
    Map<String, Set<String>> moves,
    Map<String, String> implied,
    List<String> watch) {
  public Lifecycle {
    stages = List.copyOf(stages);
    moves = Map.copyOf(moves);
    implied = Map.copyOf(implied);
    watch = List.copyOf(watch);
  }

  /** The assessment of a move: a verdict and the skipped stages. */
  record Judgement(StageVerdict verdict, List<String> skipped) {
    Judgement {
      skipped = List.copyOf(skipped);
    }

    static Judgement of(StageVerdict verdict) {
      return new Judgement(verdict, List.of());
    }
  }

  /** The stage that an event reports for its record; empty if it reports none. */
  Optional<String> stageOf(Event event) {
    return Optional.ofNullable(implied.get(event.getEventType()))
        .or(() -> Optional.ofNullable(event.getData().get(field)).filter(text -> !text.isBlank()))
        .or(() -> EventOrder.isCreation(event) ? onCreation : Optional.empty());
  }

  /** Judges the first stage of a life. A record whose creation was not seen may be in any stage. */
  Judgement first(String to, boolean creationSeen) {
    Optional<LifecycleStage> stage = find(to);
    if (stage.isEmpty()) {
      return Judgement.of(StageVerdict.UNKNOWN_STAGE);
    }
    if (stage.get().initial() || !creationSeen) {
      return Judgement.of(StageVerdict.INITIAL);
    }
    List<String> path = path();
    int start = lastInitialBefore(path.indexOf(to));
    return start < 0
        ? Judgement.of(StageVerdict.NOT_ALLOWED)
        : new Judgement(StageVerdict.SKIPPED, path.subList(start, path.indexOf(to)));
  }

  /** Judges a move within a life. */
  Judgement move(String from, String to) {
    if (find(from).isEmpty() || find(to).isEmpty()) {
      return Judgement.of(StageVerdict.UNKNOWN_STAGE);
    }
    if (moves.getOrDefault(from, Set.of()).contains(to)) {
      return Judgement.of(StageVerdict.ALLOWED);
    }
    List<String> path = path();
    int start = path.indexOf(from);
    int end = path.indexOf(to);
    if (start < 0 || end <= start || find(from).get().last()) {
      return Judgement.of(StageVerdict.NOT_ALLOWED);
    }
    return end == start + 1
        ? Judgement.of(StageVerdict.ALLOWED)
        : new Judgement(StageVerdict.SKIPPED, path.subList(start + 1, end));
  }

  Optional<String> outcome(String stage) {
    return find(stage).flatMap(LifecycleStage::outcome);
  }

  Optional<LifecycleStage> find(String stage) {
    return stages.stream().filter(each -> each.name().equals(stage)).findFirst();
  }

  /** The usual order. */
  List<String> path() {
    return stages.stream().filter(stage -> !stage.aside()).map(LifecycleStage::name).toList();
  }

  private int lastInitialBefore(int end) {
    List<String> path = path();
    return IntStream.range(0, Math.max(0, end))
        .filter(place -> find(path.get(place)).filter(LifecycleStage::initial).isPresent())
        .max()
        .orElse(-1);
  }
}
