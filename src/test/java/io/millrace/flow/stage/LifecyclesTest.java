package io.millrace.flow.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.flow.testing.TestLifecycles;
import io.millrace.yaml.Fault;
import io.millrace.yaml.InvalidFileException;
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
            InvalidFileException.class, () -> TestLifecycles.read(directory, yaml));

    assertThat(invalid.faults())
        .extracting(fault -> fault.toString().replace(directory + "/", ""))
        .containsExactly(
            "lifecycles.yaml:5: onCreation: won is not an initial stage;" + " declare it first",
            "lifecycles.yaml:6: the key colour is unknown; use one of field,"
                + " lifecycle, moves, onCreation, record, stages, watch",
            "lifecycles.yaml:7: no stage is initial; add initial: true to at least one",
            "lifecycles.yaml:7: no move leads to the stage any; add one to moves",
            "lifecycles.yaml:7: no move leads to the stage adrift; add one to moves",
            "lifecycles.yaml:8: stage: any means all stages; choose another" + " name",
            "lifecycles.yaml:8: initial: 1 cannot be used; write true or false",
            "lifecycles.yaml:9: 'Open!' already means the stage open; keep" + " one of them",
            "lifecycles.yaml:9: '--' has neither letters nor digits; remove it",
            "lifecycles.yaml:10: 'FRESH' already means the stage open; keep" + " one of them",
            "lifecycles.yaml:10: events: deal.* is not one event type; write it as"
                + " in lead.qualified",
            "lifecycles.yaml:11: outcome: Lost! is not a name; write lower-case"
                + " words with hyphens, as in pricing-visit",
            "lifecycles.yaml:11: 'deal.won' already means the stage won; keep" + " one of them",
            "lifecycles.yaml:14: to: gone is not a stage; did you mean won?",
            "lifecycles.yaml:15: to names nothing; name at least one, as in to:" + " [lost]",
            "lifecycles.yaml:15: from: nowhere is not a stage; use one of adrift,"
                + " any, lost, open, won",
            "lifecycles.yaml:17: watch names stage, which holds the stage; remove" + " it",
            "lifecycles.yaml:17: watch names a field twice; keep one of them",
            "lifecycles.yaml:18: lifecycle: deal is declared twice; rename or" + " remove one",
            "lifecycles.yaml:18: record: deal is declared twice; rename or remove" + " one",
            "lifecycles.yaml:18: no stage is initial; add initial: true to at least one");
  }

  @Test
  void saysThatTheFileIsMissing() {
    var invalid =
        catchThrowableOfType(InvalidFileException.class, () -> Lifecycles.load(directory));

    assertThat(invalid.faults())
        .extracting(Fault::toString)
        .containsExactly(
            directory.resolve("lifecycles.yaml")
                + ": it cannot be read; create it, and check that it is UTF-8 text and that its"
                + " permissions allow it");
  }
}
