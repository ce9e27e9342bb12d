package io.millrace.tidy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Who may import whom, and what the pure packages never touch.
 *
 * @param root the package the rules are about: ours, or the one with violations planted in it
 */
record ImportRules(String root) {

  ArchRule ruleKnowsOnlyEvents() {
    return knowsOnly("rule", "yaml", "event")
        .because("a rule is a pure function of events, tested without anything around it");
  }

  ArchRule verifyKnowsOnlyRules() {
    return knowsOnly("verify", "rule")
        .because("whether a request is genuine depends on its bytes, its secrets and a time");
  }

  ArchRule sourceKnowsOnlyPureParts() {
    return knowsOnly("source", "verify", "rule", "field", "yaml", "event")
        .because("bytes in, events out: a provider is data and knows no server and no topic");
  }

  ArchRule fieldKnowsNothing() {
    return knowsOnly("field")
        .because("whether a text is an address or a number depends on nothing but the text");
  }

  ArchRule yamlKnowsNothing() {
    return knowsOnly("yaml")
        .because("a file is read the same whatever it is about, and each part reads its own");
  }

  ArchRule edgeKnowsNoKafka() {
    return knowsOnly("edge", "source", "verify", "rule", "event", "config.setting")
        .because("the edge and the flow never meet: the edge declares its port, Main fills it");
  }

  ArchRule streamKnowsNoEdge() {
    return knowsOnly("stream", "source", "rule", "kafka", "event")
        .because("the flow begins at a topic, whoever wrote it");
  }

  ArchRule deadLettersKnowTopicsAndRules() {
    return knowsOnly("deadletter", "source", "rule", "kafka", "stream", "event")
        .because("looking at dead letters is reading topics, and needs no running flow");
  }

  ArchRule auditKnowsTopicsAndRules() {
    return knowsOnly("audit", "source", "rule", "kafka", "stream", "event")
        .because("the proof is in the topics: it leans on nothing that wrote them");
  }

  ArchRule auditIsHandedItsReaders() {
    return noClasses()
        .that(resideInPackages("audit"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..")
        .because("what is read is audited the same from a broker and from a list")
        .allowEmptyShould(true);
  }

  ArchRule completenessKnowsTopicsOnly() {
    return knowsOnly("completeness", "kafka", "stream", "event")
        .because("what is complete is found on topics, without a hand in the flow");
  }

  ArchRule kafkaFillsPorts() {
    return knows("kafka", resideInPackages("yaml", "event", "config.setting").or(ports()))
        .because("the wires fill the ports that the edge and the flow declare, and know no more");
  }

  ArchRule spoolKnowsOnlyThePort() {
    return knows(
            "spool",
            resideInPackages("rule", "event", "config.setting")
                .or(resideInPackages("edge").and(INTERFACES))
                .or(resideInPackages("kafka").and(simpleName("TrustedTypes"))))
        .because(
            "the spool stands between the edge's port and whoever fills it, and knows neither");
  }

  ArchRule connectSharesOnlyTheFormat() {
    return knows(
            "connect",
            resideInPackages("event")
                .or(
                    resideInPackages("kafka")
                        .and(simpleName("RegistrySettings").or(simpleName("RegistrySerdes")))))
        .because("a Connect worker loads connectors; the format of topics is all they share");
  }

  ArchRule consoleKnowsNoServerAndNoFlow() {
    return knows(
            "console",
            resideInPackages("rule", "event", "config.setting")
                .or(resideInPackages("source").and(simpleName("Source").or(simpleName("Provider"))))
                .or(
                    nameMatching(
                        Pattern.quote(root) + "\\.edge\\.(.+\\.)?InspectedDelivery(\\$.+)?")))
        .because(
            "the console shows what an edge kept, which is masked already, and must start where"
                + " there is no edge");
  }

  ArchRule captureKnowsNothing() {
    return knowsOnly("capture")
        .because("what is personal is found in bytes, wherever they come from");
  }

  ArchRule stackKnowsTheWires() {
    return knows(
            "stack",
            resideInPackages("kafka", "verify", "rule", "yaml", "event", "audit")
                .or(resideInPackages("stream").and(simpleName("Topics"))))
        .because(
            "the stack stands in for servers and senders and must not lean on what it feeds; the"
                + " ledger asks the audit, which takes nothing but the topics' word");
  }

  ArchRule benchKnowsNoPartItMeasures() {
    return knows(
            "bench",
            resideInPackages("kafka", "rule", "event", "stack", "config.setting")
                .or(resideInPackages("stream").and(simpleName("Topics"))))
        .because("what is measured runs as its users run it, in a process of its own");
  }

  ArchRule sendersKnowNothing() {
    return knowsOnly("stack.simulator.sender")
        .because("what signs there proves what verifies here only if they share nothing");
  }

  ArchRule settingKnowsNothing() {
    return knowsOnly("config.setting")
        .because("every part states its settings with it, so it must not depend on any of them");
  }

  ArchRule onlyMainKnowsTheCommandLine() {
    return noClasses()
        .that(resideInPackages("").and(not(resideInPackages("cli"))).and(not(program())))
        .should()
        .dependOnClassesThat(resideInPackages("cli").or(program()))
        .because("commands call the parts; a part that calls a command cannot be used without it")
        .allowEmptyShould(true);
  }

  ArchRule pureParts() {
    return noClasses()
        .that(resideInPackages("verify", "source", "rule", "field", "yaml", "capture"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..", "io.javalin..", "org.eclipse.jetty..", "io.micrometer..")
        .because("verify, source and rule are functions: no wire, no server, no figures")
        .allowEmptyShould(true);
  }

  ArchRule pureClock() {
    return noClasses()
        .that(resideInPackages("verify", "source", "rule", "field", "capture", "stream"))
        .should()
        .accessTargetWhere(readsTheSystemClock())
        .because("the clock is handed in: a result must not depend on when it is computed")
        .allowEmptyShould(true);
  }

  ArchRule onlyCommandsPrint() {
    return noClasses()
        .that(resideInPackages("").and(not(resideInPackages("cli"))).and(not(program())))
        .should()
        .accessTargetWhere(isTerminal())
        .because("the terminal is the commands'; everything else logs or is handed a writer")
        .allowEmptyShould(true);
  }

  ArchRule oneLoggingLibrary() {
    return noClasses()
        .that(resideInPackages(""))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .because("logs go through SLF4J, where they become JSON lines")
        .allowEmptyShould(true);
  }

  private ArchRule knowsOnly(String part, String... others) {
    return knows(part, resideInPackages(others));
  }

  private ArchRule knows(String part, DescribedPredicate<JavaClass> others) {
    return noClasses()
        .that(resideInPackages(part))
        .should()
        .dependOnClassesThat(resideInPackages("").and(not(resideInPackages(part))).and(not(others)))
        .allowEmptyShould(true);
  }

  private DescribedPredicate<JavaClass> ports() {
    return resideInPackages("edge", "stream").and(INTERFACES);
  }

  /** Main and the root of the settings: the classes that see every part. */
  private DescribedPredicate<JavaClass> program() {
    return resideInAPackage(root).or(resideInAPackage(root + ".config"));
  }

  private DescribedPredicate<JavaClass> resideInPackages(String... parts) {
    return resideInAnyPackage(
        Arrays.stream(parts)
            .map(part -> part.isEmpty() ? root + ".." : root + "." + part + "..")
            .toArray(String[]::new));
  }

  private static DescribedPredicate<JavaAccess<?>> readsTheSystemClock() {
    return DescribedPredicate.describe(
        "reads the system clock",
        access -> {
          String owner = access.getTargetOwner().getName();
          String name = access.getTarget().getName();
          boolean isHanded = access.getTarget().getFullName().contains("java.time.Clock)");
          return (owner.startsWith("java.time.") && name.equals("now") && !isHanded)
              || (owner.equals("java.time.Clock") && name.startsWith("system"))
              || (owner.equals("java.lang.System") && name.equals("currentTimeMillis"));
        });
  }

  private static DescribedPredicate<JavaAccess<?>> isTerminal() {
    return DescribedPredicate.describe(
        "is the terminal",
        access ->
            access.getTarget().getFullName().equals("java.lang.System.out")
                || access.getTarget().getFullName().equals("java.lang.System.err"));
  }
}
