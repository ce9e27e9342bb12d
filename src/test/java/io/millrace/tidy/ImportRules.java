package io.millrace.tidy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may import whom, and what the pure packages never touch.
 *
 * @param root the package the rules are about: ours, or the one with violations planted in it
 */
record ImportRules(String root) {
  /** The classes in the rooms of rules that work with Kafka Streams; all others are pure. */
  private static final Set<String> STEPS_AND_STORES =
      Set.of(
          "AwaitContext",
          "BatchEngagement",
          "CountUsage",
          "DetectSignals",
          "DropDuplicates",
          "FieldsToForget",
          "HandleRecordEvents",
          "HandlerOutlet",
          "EraseRecord",
          "JoinMergedRecords",
          "KnownPeople",
          "KnownState",
          "MarkRows",
          "MergeRecordState",
          "OtherFirstRows",
          "OpenPanes",
          "RecognizeActivities",
          "RecordStates",
          "ScoreLeads",
          "ScoreRows",
          "SequenceRecordEvents",
          "SignalRows",
          "TimelineRows",
          "UsageRows",
          "WaitingEngagement",
          "WaitingRoom");

  ArchRule modelKnowsOnlyEvents() {
    return knowsOnly("model", "yaml", "event")
        .because("the vocabulary is shared by parts that must not know each other");
  }

  ArchRule verifyKnowsOnlyTheModel() {
    return knowsOnly("verify", "model")
        .because("whether a request is genuine depends on its bytes, its secrets and a time");
  }

  ArchRule normalizeKnowsOnlyPureParts() {
    return noClasses()
        .that(resideInPackages("provider", "source", "normalize"))
        .should()
        .dependOnClassesThat(
            resideInPackages("")
                .and(
                    not(
                        resideInPackages(
                            "provider",
                            "source",
                            "normalize",
                            "verify",
                            "identity",
                            "model",
                            "yaml",
                            "event"))))
        .because("bytes in, events out: a provider is data and knows no server and no topic")
        .allowEmptyShould(true);
  }

  ArchRule identityKnowsOnlyTheModel() {
    return knowsOnly("identity", "model", "yaml", "event")
        .because("which identifiers are one person depends on events and rules alone");
  }

  ArchRule fieldKnowsOnlyItsFile() {
    return knowsOnly("normalize.field", "yaml", "model")
        .because("whether a text is an address or a number depends on nothing but the text");
  }

  ArchRule fileKnowsNothing() {
    return knowsOnly("file").because("who may read a file does not depend on its content");
  }

  ArchRule yamlKnowsNothing() {
    return knowsOnly("yaml")
        .because("a file is read the same whatever it is about, and each part reads its own");
  }

  ArchRule edgeKnowsNoKafka() {
    return knowsOnly("edge", "provider", "source", "verify", "model", "event", "config.setting")
        .because("the edge and the flow never meet: the edge declares its port, app fills it");
  }

  ArchRule flowKnowsNoEdge() {
    return knowsOnly(
            "flow",
            "normalize",
            "source",
            "identity",
            "model",
            "yaml",
            "kafka.topic",
            "kafka.format",
            "kafka.provision",
            "event")
        .because("the flow begins at a topic, whoever wrote it");
  }

  ArchRule deadLettersKnowTopicsAndRules() {
    return knowsOnly("deadletter", "normalize", "source", "model", "kafka", "flow", "event")
        .because("looking at dead letters is reading topics, and needs no running flow");
  }

  ArchRule auditKnowsTopicsAndRules() {
    return knowsOnly("audit", "normalize", "source", "model", "kafka", "flow", "event")
        .because("the proof is in the topics: it does not depend on anything that wrote them");
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
    return knowsOnly("completeness", "kafka", "flow", "event")
        .because("what is complete is found on topics, without a part in the flow");
  }

  ArchRule kafkaFillsPorts() {
    return knows("kafka", resideInPackages("yaml", "event", "config.setting").or(ports()))
        .because("the clients fill the ports that the edge and the flow declare, and know no more");
  }

  ArchRule spoolKnowsOnlyThePort() {
    return knows(
            "spool",
            resideInPackages("model", "file", "event", "config.setting")
                .or(resideInPackages("edge").and(INTERFACES))
                .or(resideInPackages("kafka").and(simpleName("TrustedTypes"))))
        .because("the spool is between the edge's port and whatever fills it, and knows neither");
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
            resideInPackages("model", "event", "config.setting")
                .or(resideInPackages("source").and(simpleName("Source")))
                .or(resideInPackages("provider").and(simpleName("Provider")))
                .or(
                    nameMatching(
                        Pattern.quote(root) + "\\.edge\\.inspect\\.InspectedDelivery(\\$.+)?")))
        .because(
            "the console shows what an edge kept, which is masked already, and must start where"
                + " there is no edge");
  }

  ArchRule captureKnowsNothing() {
    return knowsOnly("capture")
        .because("what is personal is found in bytes, wherever they come from");
  }

  ArchRule settingKnowsNothing() {
    return knowsOnly("config.setting")
        .because("every part states its settings with it, so it must not depend on any of them");
  }

  ArchRule nothingKnowsTheBench() {
    return noClasses()
        .that(resideInPackages("").and(not(resideInPackages("bench"))))
        .should()
        .dependOnClassesThat(resideInPackages("bench"))
        .because("production runs without it; what it adds is found by ServiceLoader")
        .allowEmptyShould(true);
  }

  ArchRule standInsKnowOnlyTheClients() {
    return noClasses()
        .that(
            resideInPackages(
                "bench.stack", "bench.sample", "bench.simulator", "bench.ledger", "bench.demo"))
        .should()
        .dependOnClassesThat(
            resideInPackages("")
                .and(
                    not(
                        resideInPackages(
                                "bench", "kafka", "model", "yaml", "file", "event", "audit")
                            .or(resideInPackages("flow").and(simpleName("Topics"))))))
        .because(
            "what stands in for servers and senders must not depend on what it feeds; the ledger"
                + " asks the audit, which believes nothing but the topics")
        .allowEmptyShould(true);
  }

  ArchRule benchmarksKnowNoPartTheyMeasure() {
    return noClasses()
        .that(
            resideInPackages(
                "bench.setup",
                "bench.load",
                "bench.answers",
                "bench.reference",
                "bench.measure",
                "bench.result"))
        .should()
        .dependOnClassesThat(
            resideInPackages("")
                .and(
                    not(
                        resideInPackages("bench", "kafka", "model", "event", "config.setting")
                            .or(resideInPackages("flow").and(simpleName("Topics"))))))
        .because("what is measured runs as its users run it, in a process of its own")
        .allowEmptyShould(true);
  }

  ArchRule sendersKnowNothing() {
    return knowsOnly("bench.sender")
        .because("what signs there proves what verifies here only if they share nothing");
  }

  ArchRule onlyMainKnowsTheCommandLine() {
    return noClasses()
        .that(resideInPackages("").and(not(resideInPackages("cli", "bench.command"))))
        .and(not(resideInAPackage(root)))
        .should()
        .dependOnClassesThat(resideInPackages("cli").or(resideInAPackage(root)))
        .because("commands call the parts; a part that calls a command cannot be used without it")
        .allowEmptyShould(true);
  }

  ArchRule onlyTheWiringKnowsEverything() {
    return noClasses()
        .that(
            resideInPackages("")
                .and(not(resideInPackages("app", "cli", "bench.command")))
                .and(not(program())))
        .should()
        .dependOnClassesThat(resideInPackages("app").or(program()))
        .because("a part that knows how it is put together cannot be used in another way")
        .allowEmptyShould(true);
  }

  ArchRule noCycles() {
    return slices()
        .matching(root + ".(**)")
        .should()
        .beFreeOfCycles()
        .because("every arrow points down: a room can be read without those above it");
  }

  ArchRule pureParts() {
    return noClasses()
        .that(
            resideInPackages(
                "model", "verify", "provider", "source", "normalize", "yaml", "capture"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..", "io.javalin..", "org.eclipse.jetty..", "io.micrometer..")
        .because("these are functions: no client, no server, no metrics")
        .allowEmptyShould(true);
  }

  ArchRule onlyStepsAndStoresTouchKafka() {
    return noClasses()
        .that(
            resideInPackages(
                    "flow.order",
                    "flow.record",
                    "flow.stage",
                    "flow.engagement",
                    "flow.timeline",
                    "flow.signal",
                    "flow.usage",
                    "flow.score",
                    "flow.expression")
                .and(not(stepOrStore())))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "io.micrometer..")
        .because("a rule is a function of events and states, tested without anything around it")
        .allowEmptyShould(true);
  }

  ArchRule pureClock() {
    return noClasses()
        .that(
            resideInPackages(
                "model", "verify", "provider", "source", "normalize", "capture", "flow"))
        .should()
        .accessTargetWhere(readsTheSystemClock())
        .because("the clock is handed in: a result must not depend on when it is computed")
        .allowEmptyShould(true);
  }

  ArchRule onlyCommandsPrint() {
    return noClasses()
        .that(
            resideInPackages("")
                .and(not(resideInPackages("app", "cli", "bench.command")))
                .and(not(program())))
        .should()
        .accessTargetWhere(isTerminal())
        .because(
            "the terminal belongs to commands and what they start; everything else logs or is handed a writer")
        .allowEmptyShould(true);
  }

  ArchRule commandsPrintSafely() {
    return noClasses()
        .that(
            resideInPackages("")
                .and(not(resideInPackages("cli").and(simpleName("Terminal"))))
                .and(not(program())))
        .should()
        .accessTargetWhere(isCommandsStream())
        .because("what strangers sent must not reach a terminal as it is: print with Terminal")
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
    return resideInPackages("edge", "flow").and(INTERFACES);
  }

  /** Main and the root of the settings: the classes that see every part. */
  private DescribedPredicate<JavaClass> program() {
    return resideInAPackage(root).or(resideInAPackage(root + ".config"));
  }

  private static DescribedPredicate<JavaClass> stepOrStore() {
    return DescribedPredicate.describe(
        "is a step or a store", type -> STEPS_AND_STORES.contains(outermost(type)));
  }

  private static String outermost(JavaClass type) {
    return type.getEnclosingClass().map(ImportRules::outermost).orElseGet(type::getSimpleName);
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

  private static DescribedPredicate<JavaAccess<?>> isCommandsStream() {
    return DescribedPredicate.describe(
        "is a stream of picocli",
        access ->
            access.getTarget().getFullName().matches("picocli\\.CommandLine\\.get(Out|Err)\\(\\)"));
  }

  private static DescribedPredicate<JavaAccess<?>> isTerminal() {
    return DescribedPredicate.describe(
        "is the terminal",
        access ->
            access.getTarget().getFullName().equals("java.lang.System.out")
                || access.getTarget().getFullName().equals("java.lang.System.err"));
  }
}
