package io.millrace.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.millrace.event.IdentityAssignment;
import io.millrace.event.IdentityDecision;
import io.millrace.event.IdentityLink;
import io.millrace.flow.testing.Shrinking;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** The graph ends as the rules say, in whatever order its inputs arrive. */
class IdentityGraphRandomTest {
  private static final int ROUNDS = Integer.getInteger("identity.rounds", 1_000);
  private static final long SEED = Long.getLong("identity.seed", 12_000_000L);

  @Test
  void agreesWithTheRulesInEveryOrder() {
    for (int round = 0; round < ROUNDS; round++) {
      check(SEED + round);
    }
  }

  private static void check(long seed) {
    Random random = new Random(seed);
    Size size = Size.of(random);
    List<SpecificRecord> inputs = new RandomIdentities(random).inputs(1 + random.nextInt(50));
    for (int i = 0; i < 3; i++) {
      String fault = fault(size, inputs);
      if (!fault.isEmpty()) {
        List<SpecificRecord> fewest =
            Shrinking.fewest(inputs, fewer -> !fault(size, fewer).isEmpty());
        StringBuilder shown = new StringBuilder();
        fewest.forEach(input -> shown.append(shown(input)).append('\n'));
        fail("seed %d, %s%n%s%s".formatted(seed, size, shown, fault(size, fewest)));
      }
      inputs = new ArrayList<>(inputs);
      Collections.shuffle(inputs, random);
    }
  }

  private record Size(int largest, int moreThanMost, int widest, int inMemory) {
    static Size of(Random random) {
      int largest = 2 + random.nextInt(10);
      return new Size(
          largest,
          random.nextInt(4),
          random.nextBoolean() ? 10 * largest : largest + random.nextInt(largest),
          random.nextBoolean() ? 0 : 1_000);
    }
  }

  private static String fault(Size size, List<SpecificRecord> inputs) {
    IdentityRules rules = RandomIdentities.rules(size.largest());
    Map<String, String> expected =
        new NaiveIdentities(rules, size.moreThanMost(), size.widest(), inputs).solve();
    GraphLimits limits = new GraphLimits(rules, size.moreThanMost(), size.widest());
    Map<String, String> found = found(limits, size, inputs);
    return expected.equals(found) ? "" : "expected " + expected + "\nfound    " + found;
  }

  private static Map<String, String> found(
      GraphLimits limits, Size size, List<SpecificRecord> inputs) {
    IdentityGraph graph = new IdentityGraph(limits, new GraphRows(), size.inMemory());
    Map<String, String> found = new TreeMap<>();
    Map<String, IdentityAssignment> last = new TreeMap<>();
    for (SpecificRecord input : inputs) {
      IdentityGraph.Outcome outcome =
          input instanceof IdentityLink link
              ? graph.link(link)
              : graph.decide((IdentityDecision) input);
      for (AssignmentChange change : outcome.changes()) {
        IdentityAssignment after = change.after();
        String id = after.getIdentifier().getId();
        assertThat(change.before().orElse(null)).isEqualTo(last.put(id, after));
        assertThat(after.getNumber())
            .isEqualTo(change.before().map(IdentityAssignment::getNumber).orElse(0L) + 1);
        found.put(id, described(after));
      }
    }
    return found;
  }

  private static String described(IdentityAssignment assignment) {
    String joinedBy =
        assignment
            .getJoinedBy()
            .map(
                by ->
                    by.getOther()
                        + " "
                        + by.getRelation()
                        + by.getEvidence().map(event -> " " + event.getEventId()).orElse(""))
            .orElse("");
    return assignment.getOwner()
        + " "
        + assignment.getState()
        + " "
        + joinedBy
        + " "
        + assignment.getApartFrom();
  }

  private static String shown(SpecificRecord input) {
    return switch (input) {
      case IdentityLink link ->
          "%s(\"%s\", \"%s\", %d)"
              .formatted(
                  link.getRelation(),
                  link.getFirst().getId(),
                  link.getSecond().getId(),
                  link.getEvidence().getOccurredAt().toEpochMilli());
      case IdentityDecision decision ->
          "%s %s %s %d"
              .formatted(
                  decision.getDecision(),
                  decision.getFirst().getId(),
                  decision.getSecond().map(second -> second.getId()).orElse(""),
                  decision.getDecidedAt().toEpochMilli());
      default -> input.toString();
    };
  }
}
