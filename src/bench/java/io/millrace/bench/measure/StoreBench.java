package io.millrace.bench.measure;

import io.millrace.bench.result.BenchResult;
import io.millrace.bench.result.Figure;
import io.millrace.bench.result.Machine;
import io.millrace.bench.setup.BenchCluster;
import io.millrace.bench.setup.BenchDirectory;
import io.millrace.bench.setup.BenchFailure;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Measures what remembering ids costs as their number grows: deduplication mostly looks up ids that
 * are not there, and that must not become more expensive with the size of the store.
 */
public final class StoreBench {
  /** A lookup of an id that is not there, in microseconds. */
  static final double MOST_LOOKUP_MICROS = 5;

  /** Cost at the largest size divided by the cost at the smallest. */
  static final double MOST_GROWTH = 1.3;

  /** Rows per second when lost state is rebuilt from its changelog. */
  static final double LEAST_RESTORED = 400_000;

  private static final int SIZES = 3;
  private static final int LOOKUPS = 200_000;
  private static final double MILLION = 1e6;
  private static final long WINDOW_MS = 1_700_000_000_000L;

  private final Options options;
  private final BenchDirectory directory;
  private final Optional<BenchCluster> cluster;
  private final Consumer<String> say;
  private final Clock clock;
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  /**
   * What to measure.
   *
   * @param rows the largest size; the others are a tenth and a hundredth of it
   * @param seed seed of everything random
   */
  public record Options(int rows, long seed) {}

  private StoreBench(
      Options options,
      BenchDirectory directory,
      Optional<BenchCluster> cluster,
      Consumer<String> say,
      Clock clock) {
    this.options = options;
    this.directory = directory;
    this.cluster = cluster;
    this.say = say;
    this.clock = clock;
  }

  /**
   * Measures.
   *
   * @param directory for the data
   * @param cluster to restore from; without one, the restore is skipped
   * @param say receives progress messages
   * @throws BenchFailure when it produces no figures
   */
  public static BenchResult run(
      Options options,
      BenchDirectory directory,
      Optional<BenchCluster> cluster,
      Consumer<String> say,
      Clock clock) {
    return new StoreBench(options, directory, cluster, say, clock).run();
  }

  private BenchResult run() {
    try (IdStore store = new IdStore(directory.folder("ids"), WINDOW_MS)) {
      measure(store);
    }
    cluster.ifPresent(
        running -> {
          say.accept("Restoring %,d rows ...".formatted(restoredRows()));
          double rate = new RestoreBench(running, directory).rowsPerSecond(restoredRows());
          figures.add(Figure.of("restore", "rows/s", rate).atLeast(LEAST_RESTORED));
        });
    Map<String, String> setting = new LinkedHashMap<>();
    setting.put("rows", "%,d ids".formatted(options.rows()));
    setting.put("seed", "seed " + options.seed());
    setting.putAll(Machine.setting());
    return new BenchResult("store", clock.instant(), setting, figures, notes, wrong);
  }

  private int restoredRows() {
    return Math.min(options.rows(), 2_000_000);
  }

  private void measure(IdStore store) {
    SplittableRandom present = new SplittableRandom(options.seed());
    SplittableRandom absent = new SplittableRandom(options.seed() + 1);
    Optional<Figure> firstPut = Optional.empty();
    Optional<Figure> firstGet = Optional.empty();
    // JIT compilation is not the store's cost.
    lookUp(store, absent, LOOKUPS);
    int rows = 0;
    for (int size : sizes(options.rows())) {
      String subject = "%,d ids".formatted(size);
      say.accept("Remembering %s ...".formatted(subject));
      Cost put = fill(store, present, size - rows);
      rows = size;
      store.settle();
      Cost get = lookUp(store, absent, LOOKUPS);
      Figure putCpu = Figure.of(subject, "CPU µs/put", put.cpuMicros());
      Figure getCpu = Figure.of(subject, "CPU µs/get, id not there", get.cpuMicros());
      Figure getTime = Figure.of(subject, "µs/get, id not there", get.micros());
      figures.add(
          firstGet.isEmpty() ? getCpu : getCpu.against(firstGet.get()).ratioAtMost(MOST_GROWTH));
      figures.add(getTime.atMost(MOST_LOOKUP_MICROS));
      figures.add(Figure.of(subject, "p99 µs/get, id not there", get.percentileMicros(99)));
      figures.add(
          firstPut.isEmpty() ? putCpu : putCpu.against(firstPut.get()).ratioAtMost(MOST_GROWTH));
      figures.add(Figure.of(subject, "µs/put", put.micros()));
      figures.add(
          Figure.of(
              subject,
              "MB on disk per million",
              BenchDirectory.bytes(directory.folder("ids")) / MILLION / (rows / MILLION)));
      firstGet = firstGet.or(() -> Optional.of(getCpu));
      firstPut = firstPut.or(() -> Optional.of(putCpu));
    }
    check(store, rows);
  }

  /** Three sizes, each ten times the previous one. */
  static List<Integer> sizes(int rows) {
    List<Integer> sizes = new ArrayList<>();
    int size = rows;
    for (int i = 0; i < SIZES; i++) {
      sizes.addFirst(size);
      size /= 10;
    }
    return sizes;
  }

  /** Every thousandth id that was put must be found. */
  private void check(IdStore store, int rows) {
    SplittableRandom present = new SplittableRandom(options.seed());
    int missing = 0;
    for (int row = 0; row < rows; row++) {
      String id = IdStore.id(present);
      if (row % 1000 == 0 && !store.has(id)) {
        missing++;
      }
    }
    if (missing > 0) {
      wrong.add("%,d of %,d ids that were put were not found".formatted(missing, rows / 1000));
    }
  }

  private Cost fill(IdStore store, SplittableRandom random, int rows) {
    Cost cost = new Cost();
    // Creating ids is not the store's cost.
    String[] ids = new String[10_000];
    int left = rows;
    while (left > 0) {
      int batch = Math.min(ids.length, left);
      for (int i = 0; i < batch; i++) {
        ids[i] = IdStore.id(random);
      }
      cost.begin();
      for (int i = 0; i < batch; i++) {
        store.put(ids[i]);
      }
      cost.end(batch);
      left -= batch;
    }
    return cost;
  }

  private Cost lookUp(IdStore store, SplittableRandom random, int times) {
    Cost cost = new Cost();
    String[] ids = new String[times];
    for (int i = 0; i < times; i++) {
      ids[i] = IdStore.id(random);
    }
    int found = 0;
    cost.begin();
    for (int i = 0; i < times; i++) {
      long begin = System.nanoTime();
      if (store.has(ids[i])) {
        found++;
      }
      cost.took(System.nanoTime() - begin);
    }
    cost.end(times);
    if (found > 0) {
      wrong.add("%,d ids were found that were never put".formatted(found));
    }
    return cost;
  }

  /**
   * Time and CPU of operations; the CPU time is that of the whole process, including compactions.
   */
  private static final class Cost {
    private final Histogram each = new Histogram(60_000_000_000L, 3);
    private long beganNanos;
    private OptionalDouble beganCpu = OptionalDouble.empty();
    private long nanos;
    private double cpuNanos;
    private long operations;

    void begin() {
      beganNanos = System.nanoTime();
      beganCpu = processCpuNanos();
    }

    void took(long nanosOfOne) {
      each.recordValue(nanosOfOne);
    }

    void end(int done) {
      nanos += System.nanoTime() - beganNanos;
      operations += done;
      OptionalDouble now = processCpuNanos();
      if (now.isPresent() && beganCpu.isPresent()) {
        cpuNanos += now.getAsDouble() - beganCpu.getAsDouble();
      }
    }

    double micros() {
      return nanos / 1e3 / operations;
    }

    double cpuMicros() {
      return cpuNanos / 1e3 / operations;
    }

    double percentileMicros(double percentile) {
      return each.getValueAtPercentile(percentile) / 1e3;
    }

    private static OptionalDouble processCpuNanos() {
      return ManagementFactory.getOperatingSystemMXBean()
              instanceof com.sun.management.OperatingSystemMXBean system
          ? OptionalDouble.of((double) system.getProcessCpuTime())
          : OptionalDouble.empty();
    }
  }
}
