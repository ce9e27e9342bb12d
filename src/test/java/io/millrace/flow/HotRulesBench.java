package io.millrace.flow;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Nanoseconds and bytes allocated for each of the {@link HotRules}, by JMH: run with {@code mvn
 * -Pbench test -Dbench=HotRulesBench}, and {@code -Djmh.include=mergeEvent} for one of them.
 */
final class HotRulesBench {
  private static final int ITERATIONS = 5;

  @Test
  void timesEachRule() throws RunnerException {
    String include = System.getProperty("jmh.include", ".*");
    new Runner(
            new OptionsBuilder()
                .include("\\b" + HotRules.class.getSimpleName() + "\\." + include + "$")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .warmupIterations(ITERATIONS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.seconds(1))
                .forks(1)
                .jvmArgs("-Xmx1g", "--enable-native-access=ALL-UNNAMED")
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }
}
