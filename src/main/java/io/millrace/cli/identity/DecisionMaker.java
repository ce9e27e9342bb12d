package io.millrace.cli.identity;

import io.millrace.app.CommandException;
import io.millrace.app.Exit;
import io.millrace.cli.Durations;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.IdentityDecision;
import io.millrace.event.LinkedIdentifier;
import io.millrace.identity.whatif.GraphWhatIf;
import io.millrace.identity.whatif.Group;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;

/**
 * Makes decisions about identifiers, or shows what they would change.
 *
 * @param patience how long to wait until the flow has decided by it
 */
record DecisionMaker(Desk desk, Clock clock, Duration patience, PrintWriter out) {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private static final String OTHER_DECISIONS =
      "another decision or a merge in the CRM says otherwise. identity show lists the decisions"
          + " and what joined each identifier";

  /** Prints what would change. */
  int preview(Wish wish) {
    IdentityDecision decision = checked(wish);
    Preview preview = Preview.of(wish, decision, desk, new GraphWhatIf(desk.rules()));
    new PreviewText(out, desk.recordTypes()).print(wish, preview);
    out.println("Nothing was written: this was a dry run.");
    out.flush();
    return Exit.DONE;
  }

  /**
   * Writes the decision, waits for the flow and prints the result.
   *
   * @return whether the flow has decided by it
   */
  int decide(Wish wish) {
    IdentityDecision decision = checked(wish);
    Surroundings around = Surroundings.of(wish.about(), List.of(), desk.topics());
    PreviewText text = new PreviewText(out, desk.recordTypes());
    text.groups("before:", around.now(), around.names());
    BooleanSupplier isTaken = write(decision);
    if (!await(isTaken)) {
      out.flush();
      throw CommandException.no(
          ("The decision is written, but the flow has not read it within %s. Check that a"
                  + " process runs the role identity (millrace stream), then look again with"
                  + " identity show; there is no need to decide again")
              .formatted(Durations.inWords(patience)));
    }
    List<Group> after = after(around);
    text.groups("after:", after, around.names());
    String failure = failure(wish, after);
    if (!failure.isEmpty()) {
      out.flush();
      throw CommandException.no(failure);
    }
    out.println(
        "Decided. Rows of people, scores and signals follow within seconds; identity show tells"
            + " more.");
    out.flush();
    return Exit.DONE;
  }

  private IdentityDecision checked(Wish wish) {
    Set<String> ids = new TreeSet<>();
    wish.about().forEach(each -> ids.add(each.id()));
    List<IdentityDecision> made = desk.topics().decisions(ids);
    new Refusals(desk.rules()).check(wish, made);
    return wish.decision(after(made));
  }

  /** The latest decision counts, whatever the clock of the computer said that made the others. */
  private Instant after(List<IdentityDecision> made) {
    Instant now = clock.instant();
    return made.stream()
        .map(each -> each.getDecidedAt().plusMillis(1))
        .reduce(now, (one, two) -> one.isAfter(two) ? one : two);
  }

  private BooleanSupplier write(IdentityDecision decision) {
    try {
      return desk.log().write(decision);
    } catch (KafkaException failure) {
      throw CommandException.unreachable(
          ("It is not certain that the decision was written (%s). Check that Kafka is running,"
                  + " then decide again: the same decision twice is one")
              .formatted(failure.getMessage()));
    }
  }

  private boolean await(BooleanSupplier isTaken) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!isTaken.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    return true;
  }

  /** The identifiers by their present owners. */
  private List<Group> after(Surroundings around) {
    Map<String, LinkedIdentifier> identifiers = new TreeMap<>();
    around.now().forEach(each -> each.members().forEach(end -> identifiers.put(end.getId(), end)));
    Map<String, IdentityAssignment> assigned = desk.topics().assignments(identifiers.keySet());
    Map<String, List<LinkedIdentifier>> members = new TreeMap<>();
    identifiers.forEach(
        (id, end) -> {
          IdentityAssignment assignment = assigned.get(id);
          String owner = assignment == null ? id : assignment.getOwner();
          members.computeIfAbsent(owner, each -> new ArrayList<>()).add(end);
        });
    List<Group> groups = new ArrayList<>();
    members.forEach((owner, ends) -> groups.add(new Group(owner, ends)));
    return groups;
  }

  /** What a later decision, or one about another pair, prevented; empty if nothing did. */
  private static String failure(Wish wish, List<Group> after) {
    String first = wish.about().getFirst().id();
    String last = wish.about().getLast().id();
    boolean isOne = after.stream().anyMatch(each -> each.ids().containsAll(List.of(first, last)));
    return switch (wish.verb()) {
      case JOIN -> isOne ? "" : "The two are not one: " + OTHER_DECISIONS;
      case SPLIT -> isOne ? "The two are still one: " + OTHER_DECISIONS : "";
      case BLOCK, WITHDRAW -> "";
    };
  }
}
