package io.millrace.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Each rule holds for our classes, and is broken by the violation planted for it. */
class ImportRulesTest {
  private static final String PLANTED = "io.millrace.tidy.planted";

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.millrace");
  private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(PLANTED);

  @Test
  void modelKnowsOnlyEvents() {
    check(ImportRules::modelKnowsOnlyEvents, "planted.model.ImpureModel");
  }

  @Test
  void verifyKnowsOnlyTheModel() {
    check(ImportRules::verifyKnowsOnlyTheModel, "planted.verify.CuriousVerifier");
  }

  @Test
  void normalizeKnowsOnlyPureParts() {
    check(ImportRules::normalizeKnowsOnlyPureParts, "planted.source.CuriousSource");
  }

  @Test
  void fieldKnowsOnlyItsFile() {
    check(ImportRules::fieldKnowsOnlyItsFile, "planted.normalize.field.CuriousFormat");
  }

  @Test
  void identityKnowsOnlyTheModel() {
    check(ImportRules::identityKnowsOnlyTheModel, "planted.identity.CuriousGraph");
  }

  @Test
  void fileKnowsNothing() {
    check(ImportRules::fileKnowsNothing, "planted.file.CuriousFile");
  }

  @Test
  void yamlKnowsNothing() {
    check(ImportRules::yamlKnowsNothing, "planted.yaml.CuriousReader");
  }

  @Test
  void edgeKnowsNoKafka() {
    check(ImportRules::edgeKnowsNoKafka, "planted.edge.CuriousEdge");
  }

  @Test
  void flowKnowsNoEdge() {
    check(ImportRules::flowKnowsNoEdge, "planted.flow.CuriousStep");
  }

  @Test
  void deadLettersKnowTopicsAndRules() {
    check(ImportRules::deadLettersKnowTopicsAndRules, "planted.deadletter.CuriousLetter");
  }

  @Test
  void auditKnowsTopicsAndRules() {
    check(ImportRules::auditKnowsTopicsAndRules, "planted.audit.CuriousAudit.edge");
  }

  @Test
  void auditIsHandedItsReaders() {
    check(ImportRules::auditIsHandedItsReaders, "planted.audit.CuriousAudit.partition");
  }

  @Test
  void completenessKnowsTopicsOnly() {
    check(ImportRules::completenessKnowsTopicsOnly, "planted.completeness.CuriousMark");
  }

  @Test
  void kafkaFillsPorts() {
    check(ImportRules::kafkaFillsPorts, "planted.kafka.CuriousWire");
  }

  @Test
  void spoolKnowsOnlyThePort() {
    check(ImportRules::spoolKnowsOnlyThePort, "planted.spool.CuriousSpool");
  }

  @Test
  void connectSharesOnlyTheFormat() {
    check(ImportRules::connectSharesOnlyTheFormat, "planted.connect.CuriousSink");
  }

  @Test
  void consoleKnowsNoServerAndNoFlow() {
    check(ImportRules::consoleKnowsNoServerAndNoFlow, "planted.console.CuriousConsole");
  }

  @Test
  void captureKnowsNothing() {
    check(ImportRules::captureKnowsNothing, "planted.capture.CuriousCapture");
  }

  @Test
  void settingKnowsNothing() {
    check(ImportRules::settingKnowsNothing, "planted.config.setting.CuriousSetting");
  }

  @Test
  void nothingKnowsTheBench() {
    check(ImportRules::nothingKnowsTheBench, "planted.app.CuriousProcess");
  }

  @Test
  void standInsKnowOnlyTheClients() {
    check(ImportRules::standInsKnowOnlyTheClients, "planted.bench.stack.CuriousStack");
  }

  @Test
  void benchmarksKnowNoPartTheyMeasure() {
    check(ImportRules::benchmarksKnowNoPartTheyMeasure, "planted.bench.measure.CuriousBench");
  }

  @Test
  void sendersKnowNothing() {
    check(ImportRules::sendersKnowNothing, "planted.bench.sender.CuriousSender");
  }

  @Test
  void onlyMainKnowsTheCommandLine() {
    check(ImportRules::onlyMainKnowsTheCommandLine, "planted.edge.CuriousEdge");
  }

  @Test
  void onlyTheWiringKnowsEverything() {
    check(ImportRules::onlyTheWiringKnowsEverything, "planted.capture.CuriousCapture.process");
  }

  @Test
  void noCycles() {
    check(ImportRules::noCycles, "planted.flow.CuriousStep");
  }

  @Test
  void pureParts() {
    check(ImportRules::pureParts, "planted.verify.CuriousVerifier");
  }

  @Test
  void onlyStepsAndStoresTouchKafka() {
    check(ImportRules::onlyStepsAndStoresTouchKafka, "planted.flow.order.ImpureRule");
  }

  @Test
  void pureClock() {
    check(ImportRules::pureClock, "planted.model.ImpureModel.called");
    check(ImportRules::pureClock, "planted.model.ImpureModel.referred");
    check(ImportRules::pureClock, "planted.flow.CuriousStep");
  }

  @Test
  void onlyCommandsPrint() {
    check(ImportRules::onlyCommandsPrint, "planted.edge.CuriousEdge");
  }

  @Test
  void commandsPrintSafely() {
    check(ImportRules::commandsPrintSafely, "planted.cli.PlantedCommand");
  }

  @Test
  void oneLoggingLibrary() {
    check(ImportRules::oneLoggingLibrary, "planted.console.CuriousConsole");
  }

  private static void check(Function<ImportRules, ArchRule> rule, String violator) {
    rule.apply(new ImportRules("io.millrace")).check(OURS);

    assertThat(
            rule.apply(new ImportRules(PLANTED))
                .evaluate(VIOLATIONS)
                .getFailureReport()
                .getDetails())
        .as("the rule sees the violation planted for it")
        .anySatisfy(detail -> assertThat(detail).contains(violator));
  }
}
