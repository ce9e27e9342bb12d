package io.millrace.bench.result;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The progress of some processes through a given load: sampled periodically, and divided into a
 * cold and a warm part, because a JVM needs several times the CPU before its code is compiled.
 */
public final class Passage {
  /** The share of the load that counts as warm-up. */
  static final double COLD = 0.3;

  private final long load;
  private final List<Sample> samples = new ArrayList<>();

  /**
   * One sample.
   *
   * @param nanos when, by the clock of System.nanoTime
   * @param cpu of all processes; empty if the system does not report it
   * @param share of the load that is done, 0 to 1
   */
  public record Sample(long nanos, Optional<Duration> cpu, double share) {}

  public Passage(long load) {
    this.load = load;
  }

  public void add(Sample sample) {
    samples.add(sample);
  }

  public double share() {
    return samples.isEmpty() ? 0 : samples.getLast().share();
  }

  /** Seconds from the first progress to the end. */
  double seconds() {
    return seconds(firstProgress(), samples.getLast());
  }

  /** Units of load per second while warm. */
  public double rate() {
    Sample warm = warm();
    double seconds = seconds(warm, samples.getLast());
    return seconds > 0 ? (1 - warm.share()) * load / seconds : 0;
  }

  /** CPU per unit of load while warm, in microseconds. */
  public Optional<Double> cpuMicros() {
    Sample warm = warm();
    return cpuMicros(warm.cpu(), (1 - warm.share()) * load);
  }

  /**
   * CPU per unit of load including the start of the processes and all compilation, in microseconds.
   */
  public Optional<Double> cpuMicrosFromTheStart() {
    return cpuMicros(Optional.of(Duration.ZERO), (double) load);
  }

  private Optional<Double> cpuMicros(Optional<Duration> from, double units) {
    return samples
        .getLast()
        .cpu()
        .flatMap(end -> from.map(begin -> end.minus(begin).toNanos() / 1_000.0 / units));
  }

  private Sample warm() {
    return samples.stream()
        .filter(sample -> sample.share() >= COLD && sample.share() < 1)
        .findFirst()
        .orElseGet(this::firstProgress);
  }

  /** The last sample before any progress. */
  private Sample firstProgress() {
    Sample last = samples.getFirst();
    for (Sample sample : samples) {
      if (sample.share() > 0) {
        return last;
      }
      last = sample;
    }
    return last;
  }

  private static double seconds(Sample from, Sample to) {
    return (to.nanos() - from.nanos()) / 1e9;
  }
}
