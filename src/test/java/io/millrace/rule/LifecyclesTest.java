package io.millrace.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifecyclesTest {
  @TempDir private Path directory;

  @Test
  void readsTheLifecyclesThatAreDeployed() {
    var deployed = Lifecycles.load(Path.of("topology", "rules"));

    assertThat(deployed.all())
        .extracting(Lifecycle::name)
        .containsExactly("lead", "deal", "subscription", "contact", "account");
    assertThat(deployed.of("lead").orElseThrow().watch()).containsExactly("owner", "score");
    assertThat(deployed.of("ticket")).isEmpty();
  }

  @Test
  void reportsEveryFault() {
    var yaml =
        """
        lifecycles:
          - lifecycle: deal
            record: deal
            field: stage
            onCreation: won
            colour: red
            stages:
              - {stage: any, initial: 1}
              - {stage: open, spellings: [Open!, "--", fresh]}
              - {stage: won, spellings: [FRESH], events: [deal.*, deal.won]}
              - {stage: lost, aside: true, events: [deal.won], outcome: Lost!}
              - {stage: adrift, aside: true}
            moves:
              - {from: any, to: [lost, gone]}
              - {from: nowhere, to: []}
              - {from: adrift, to: [adrift]}
            watch: [stage, owner, owner]
          - {lifecycle: deal, record: deal, field: stage}
        """;

    var invalid =
        catchThrowableOfType(
            InvalidRulesException.class, () -> TestLifecycles.read(directory, yaml));

    assertThat(invalid.faults())
        .containsExactlyInAnyOrder(
            "lifecycles.yaml: lifecycles[0].colour: is not known here; known are lifecycle, record,"
                + " field, onCreation, stages, moves, watch",
            "lifecycles.yaml: lifecycles[0].onCreation: 'won' must be a stage that is initial",
            "lifecycles.yaml: lifecycles[0].stages[0].stage: 'any' stands for all stages and cannot"
                + " be the name of one",
            "lifecycles.yaml: lifecycles[0].stages[0].initial: must be true or false",
            "lifecycles.yaml: lifecycles[0].stages[1].spellings: 'Open!' stands for the stage 'open'"
                + " already",
            "lifecycles.yaml: lifecycles[0].stages[1].spellings: '--' has neither letters nor"
                + " digits",
            "lifecycles.yaml: lifecycles[0].stages[2].spellings: 'FRESH' stands for the stage"
                + " 'open' already",
            "lifecycles.yaml: lifecycles[0].stages[2].events: 'deal.*' must be an event type such"
                + " as lead.qualified",
            "lifecycles.yaml: lifecycles[0].stages[3].events: 'deal.won' stands for the stage 'won'"
                + " already",
            "lifecycles.yaml: lifecycles[0].stages[3].outcome: 'Lost!' must be lower-case words"
                + " with hyphens, such as pricing-visit",
            "lifecycles.yaml: lifecycles[0].stages: no move leads to 'adrift'",
            "lifecycles.yaml: lifecycles[0].moves[0].to: 'gone' is not a stage; declared are any,"
                + " open, won, lost, adrift",
            "lifecycles.yaml: lifecycles[0].moves[1].from: 'nowhere' is not a stage; declared are"
                + " any, open, won, lost, adrift",
            "lifecycles.yaml: lifecycles[0].moves[1].to: must be a list of at least one text",
            "lifecycles.yaml: lifecycles[0].watch: must not name stage, which holds the stage",
            "lifecycles.yaml: lifecycles[0].watch: names a field twice",
            "lifecycles.yaml: lifecycles[1].lifecycle: 'deal' is declared twice",
            "lifecycles.yaml: lifecycles[1].record: 'deal' has another lifecycle already",
            "lifecycles.yaml: lifecycles[1].stages: must have at least one stage that is initial");
  }

  @Test
  void saysThatTheFileIsMissing() {
    var invalid =
        catchThrowableOfType(InvalidRulesException.class, () -> Lifecycles.load(directory));

    assertThat(invalid.faults())
        .anyMatch(fault -> fault.startsWith("lifecycles.yaml: cannot be read at"));
  }
}
