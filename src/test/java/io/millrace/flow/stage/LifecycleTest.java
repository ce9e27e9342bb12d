package io.millrace.flow.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.testing.TestEvent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lifecycles as deployed. */
class LifecycleTest {
  private static final Lifecycles DEPLOYED = Lifecycles.load(Path.of("topology", "rules"));

  @ParameterizedTest
  @CsvSource({
    "lead,         new,                 contacted,           ALLOWED,     ",
    "lead,         new,                 qualified,           SKIPPED,     contacted+engaged",
    "lead,         contacted,           qualified,           ALLOWED,     ",
    "lead,         qualified,           new,                 NOT_ALLOWED, ",
    "lead,         engaged,             lost,                ALLOWED,     ",
    "lead,         lost,                contacted,           ALLOWED,     ",
    "lead,         lost,                converted,           NOT_ALLOWED, ",
    "lead,         converted,           lost,                NOT_ALLOWED, ",
    "deal,         qualifiedtobuy,      closedwon,           SKIPPED,"
        + " presentation-scheduled+decision-maker-bought-in+contract-sent",
    "deal,         Negotiation/Review,  Closed Won,          ALLOWED,     ",
    "deal,         contractsent,        qualifiedtobuy,      NOT_ALLOWED, ",
    "deal,         CLOSED LOST,         appointmentscheduled,ALLOWED,     ",
    "deal,         closedwon,           closedlost,          NOT_ALLOWED, ",
    "deal,         closedwon,           contractsent,        ALLOWED,     ",
    "deal,         decision,            closedlost,          UNKNOWN_STAGE,",
    "subscription, trialing,            active,              ALLOWED,     ",
    "subscription, active,              past_due,            ALLOWED,     ",
    "subscription, past_due,            canceled,            ALLOWED,     ",
    "subscription, cancelled,           active,              NOT_ALLOWED, ",
    "contact,      lead,                salesqualifiedlead,  SKIPPED,     marketing-qualified-lead",
    "contact,      customer,            lead,                NOT_ALLOWED, ",
    "account,      customer,            churned,             ALLOWED,     ",
  })
  void judgesMoves(String record, String from, String to, StageVerdict verdict, String skipped) {
    var lifecycle = DEPLOYED.of(record).orElseThrow();

    var judgement = lifecycle.move(lifecycle.names().of(from), lifecycle.names().of(to));

    assertThat(judgement.verdict()).isEqualTo(verdict);
    assertThat(String.join("+", judgement.skipped())).isEqualTo(skipped == null ? "" : skipped);
  }

  @Test
  void judgesTheFirstStageOfALife() {
    var lead = DEPLOYED.of("lead").orElseThrow();

    assertThat(lead.first("new", true).verdict()).isEqualTo(StageVerdict.INITIAL);
    assertThat(lead.first("engaged", true))
        .isEqualTo(new Lifecycle.Judgement(StageVerdict.SKIPPED, List.of("new", "contacted")));
    assertThat(lead.first("lost", true).verdict()).isEqualTo(StageVerdict.NOT_ALLOWED);
    assertThat(lead.first("lost", false).verdict()).isEqualTo(StageVerdict.INITIAL);
    assertThat(lead.first("Lukewarm", true).verdict()).isEqualTo(StageVerdict.UNKNOWN_STAGE);
  }

  @Test
  void hearsTheStageInTypeFieldAndCreation() {
    var lead = DEPLOYED.of("lead").orElseThrow();

    assertThat(lead.stageOf(TestEvent.of("lead.lost", "lead/L").data("status", "new").build()))
        .contains("lost");
    assertThat(lead.stageOf(TestEvent.of("lead.updated", "lead/L").data("status", "x").build()))
        .contains("x");
    assertThat(lead.stageOf(TestEvent.of("lead.created", "lead/L").data("status", "x").build()))
        .contains("x");
    assertThat(lead.stageOf(TestEvent.of("lead.created", "lead/L").build())).contains("new");
    assertThat(lead.stageOf(TestEvent.of("lead.updated", "lead/L").data("status", " ").build()))
        .isEmpty();
    assertThat(lead.stageOf(TestEvent.of("lead.updated", "lead/L").data("status", null).build()))
        .isEmpty();
  }
}
