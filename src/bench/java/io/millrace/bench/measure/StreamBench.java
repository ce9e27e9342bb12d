package io.millrace.bench.measure;

import io.millrace.bench.answers.FlowAnswers;
import io.millrace.bench.answers.MixLog;
import io.millrace.bench.answers.WrongAnswers;
import io.millrace.bench.load.BenchSources;
import io.millrace.bench.reference.Applications;
import io.millrace.bench.reference.Applications.Input;
import io.millrace.bench.reference.ReferenceApplication;
import io.millrace.bench.reference.References;
import io.millrace.bench.reference.TextbookAnswers;
import io.millrace.bench.result.BenchResult;
import io.millrace.bench.result.Figure;
import io.millrace.bench.result.Machine;
import io.millrace.bench.result.Passage;
import io.millrace.bench.setup.BenchCluster;
import io.millrace.bench.setup.BenchDirectory;
import io.millrace.bench.setup.BenchFailure;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Measures the flow on a backlog: the mix is on its topic before anything starts, and each role's
 * process is measured until it has finished. Then the results are checked: figures of a flow with
 * wrong results are worthless.
 */
public final class StreamBench {
  /** Issue and README: CPU time of all three roles per event, in microseconds. */
  static final double MOST_CPU_MICROS = 100;

  private static final String FLOW = "flow";
  private static final String RATE = "events/s";
  private static final String CPU = "CPU µs/event";
  private static final String COLD = " with its start";

  private final Options options;
  private final BenchCluster cluster;
  private final FlowProcesses processes;
  private final References references;
  private final Consumer<String> say;
  private final Clock clock;
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  /**
   * What to measure.
   *
   * @param events deliveries of the mix, 1,000 and up
   * @param seed seed of everything random
   * @param processes numbers of processes to measure all roles in, each in a separate run
   * @param references whether the references are measured too
   * @param limit the time that one application may take for the load
   */
  public record Options(
      int events, long seed, List<Integer> processes, boolean references, Duration limit) {
    public Options {
      processes = List.copyOf(processes);
    }
  }

  private StreamBench(
      Options options,
      BenchCluster cluster,
      FlowProcesses processes,
      References references,
      Consumer<String> say,
      Clock clock) {
    this.options = options;
    this.cluster = cluster;
    this.processes = processes;
    this.references = references;
    this.say = say;
    this.clock = clock;
  }

  /**
   * Measures.
   *
   * @param cluster a cluster that nothing else uses
   * @param directory for state and logs
   * @param mainClass the program, started once for each process
   * @param say receives progress messages
   * @throws BenchFailure when it produces no figures
   */
  public static BenchResult run(
      Options options,
      BenchCluster cluster,
      BenchDirectory directory,
      String mainClass,
      Consumer<String> say,
      Clock clock) {
    Path sources =
        BenchSources.write(
            directory.folder("sources"), "envelope", "seed-of-the-mix-" + options.seed());
    FlowProcesses processes = new FlowProcesses(cluster, directory, mainClass, sources);
    References references = new References(cluster, directory, mainClass, options.limit());
    return new StreamBench(options, cluster, processes, references, say, clock).run();
  }

  private BenchResult run() {
    roleByRole();
    for (int number : options.processes()) {
      together(number);
    }
    Map<String, String> setting = new LinkedHashMap<>();
    setting.put("events", "%,d events".formatted(options.events()));
    setting.put("seed", "seed " + options.seed());
    setting.putAll(Machine.setting());
    return new BenchResult("stream", clock.instant(), setting, figures, notes, wrong);
  }

  private MixLog load() {
    say.accept("Writing %,d deliveries ...".formatted(options.events()));
    MixLog log = new MixLog(cluster, options.seed(), options.events(), clock.instant());
    log.write();
    return log;
  }

  private void roleByRole() {
    MixLog log = load();
    int events = log.distinct();
    Map<String, Passage> passages = new LinkedHashMap<>();
    List<Figure> compared = new ArrayList<>();
    if (options.references()) {
      compared.addAll(measured(ReferenceApplication.BYTES, log.deliveries()));
      references.writeSmall(events, options.seed());
      compared.addAll(measured(ReferenceApplication.HOPS, events));
    }
    passages.put("normalize", role("normalize", events));
    if (options.references()) {
      compared.addAll(textbook(log));
    } else {
      log.close();
    }
    say.accept("Closing the windows ...");
    role("normalize", events);
    passages.put("records", role("records", events));
    passages.put("engagement", role("engagement", events));
    passages.forEach((role, passage) -> figures.addAll(figures("role " + role, passage)));
    tellFlow(passages.values(), compared);
    figures.addAll(compared);
    check(log, "the flow");
  }

  private List<Figure> measured(ReferenceApplication reference, long load) {
    say.accept("Running for comparison: " + reference.title() + " ...");
    return figures(reference.title(), references.run(reference, load));
  }

  /** Also ends the load: the textbook version only closes its windows when later events come. */
  private List<Figure> textbook(MixLog log) {
    ReferenceApplication reference = ReferenceApplication.TEXTBOOK;
    say.accept("Running for comparison: " + reference.title() + " ...");
    try (Applications running = references.start(reference)) {
      Passage passage = references.await(running, reference, log.distinct());
      log.close();
      references.await(running, reference, log.distinct());
      List<Figure> found = new ArrayList<>(figures(reference.title(), passage));
      WrongAnswers answers = TextbookAnswers.read(cluster).comparedWith(log.right());
      found.add(Figure.of(reference.title(), "wrong answers", answers.all()));
      notes.add("The textbook version: " + answers.inWords() + ".");
      return found;
    }
  }

  private Passage role(String role, int events) {
    say.accept("Running the role " + role + " ...");
    try (Applications running = new Applications(cluster)) {
      processes.start(running, "1", role);
      return running.await(FlowProcesses.inputs(role), events, options.limit());
    }
  }

  private static List<Figure> figures(String subject, Passage passage) {
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.of(subject, RATE, passage.rate()));
    passage.cpuMicros().ifPresent(cpu -> figures.add(Figure.of(subject, CPU, cpu)));
    passage
        .cpuMicrosFromTheStart()
        .ifPresent(cpu -> figures.add(Figure.of(subject, CPU + COLD, cpu)));
    return figures;
  }

  /** All roles one after the other: times and costs are added up. */
  private void tellFlow(Iterable<Passage> roles, List<Figure> compared) {
    double secondsPerEvent = 0;
    for (Passage role : roles) {
      secondsPerEvent += 1 / role.rate();
    }
    add(Figure.of(FLOW, RATE, 1 / secondsPerEvent), compared);
    OptionalDouble cpu = sum(roles, Passage::cpuMicros);
    if (cpu.isEmpty()) {
      notes.add("CPU is not available: this system does not report the CPU time of a process.");
    } else {
      add(Figure.of(FLOW, CPU, cpu.getAsDouble()).atMost(MOST_CPU_MICROS), compared);
    }
    sum(roles, Passage::cpuMicrosFromTheStart)
        .ifPresent(cold -> figures.add(Figure.of(FLOW, CPU + COLD, cold)));
  }

  /** Adds a figure, compared with that of the trivial hops if they were measured. */
  private void add(Figure figure, List<Figure> compared) {
    figures.add(
        compared.stream()
            .filter(it -> it.subject().equals(ReferenceApplication.HOPS.title()))
            .filter(it -> it.name().equals(figure.name()))
            .findFirst()
            .map(figure::against)
            .orElse(figure));
  }

  private static OptionalDouble sum(
      Iterable<Passage> roles, Function<Passage, Optional<Double>> figure) {
    double sum = 0;
    for (Passage role : roles) {
      Optional<Double> part = figure.apply(role);
      if (part.isEmpty()) {
        return OptionalDouble.empty();
      }
      sum += part.get();
    }
    return OptionalDouble.of(sum);
  }

  private void together(int number) {
    cluster.forgetEverything();
    MixLog log = load();
    say.accept("Running all roles in %d %s ...".formatted(number, processes(number)));
    String[] roles = FlowProcesses.ROLES.toArray(String[]::new);
    try (Applications running = new Applications(cluster)) {
      for (int instance = 1; instance <= number; instance++) {
        processes.start(running, number + "-" + instance, roles);
      }
      List<Input> all = FlowProcesses.inputs(roles);
      Passage passage = running.await(all, log.distinct(), options.limit());
      figures.addAll(figures("flow in %d %s".formatted(number, processes(number)), passage));
      log.close();
      running.await(all, log.distinct(), options.limit());
    }
    check(log, "the flow in %d %s".formatted(number, processes(number)));
  }

  private static String processes(int number) {
    return number == 1 ? "process" : "processes";
  }

  private void check(MixLog log, String subject) {
    say.accept("Checking the results ...");
    FlowAnswers flow = FlowAnswers.read(cluster);
    notes.add(
        "Of %,d accepted events, %s has %s.".formatted(log.deliveries(), subject, flow.inWords()));
    if (flow.outcomes() != log.deliveries()) {
      wrong.add(
          "%,d events were accepted, but %s has outcomes for %,d: %s"
              .formatted(log.deliveries(), subject, flow.outcomes(), flow.inWords()));
    }
    WrongAnswers answers = flow.answers().comparedWith(log.right());
    if (answers.all() > 0) {
      wrong.add("%s: %s".formatted(subject, answers.inWords()));
    }
  }
}
