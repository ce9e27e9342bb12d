package io.millrace.edge.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TimeLimitTest {
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final List<String> late = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    clock.shutdownNow();
  }

  @Test
  void tellsWhatIsLateInTheOrderItBegan() throws Exception {
    TimeLimit limit = new TimeLimit(Duration.ofMillis(200), clock);
    CountDownLatch told = new CountDownLatch(1);
    long begun = System.nanoTime();

    limit.watch(new CompletableFuture<>(), () -> late.add("first"));
    limit.watch(CompletableFuture.completedFuture(null), () -> late.add("done before"));
    CompletableFuture<Void> finished = new CompletableFuture<>();
    limit.watch(finished, () -> late.add("finished"));
    limit.watch(new CompletableFuture<>(), told::countDown);
    finished.complete(null);

    assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(late).containsExactly("first");
    assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(199));
    assertThat(limit.size()).isZero();
  }

  @Test
  void holdsNothingOfWhatIsDone() throws Exception {
    TimeLimit limit = new TimeLimit(Duration.ofHours(1), clock);
    for (int number = 0; number < 10_000; number++) {
      CompletableFuture<Void> outcome = new CompletableFuture<>();
      limit.watch(outcome, () -> late.add("never"));
      outcome.complete(null);
    }
    TimeLimit after = new TimeLimit(Duration.ofMillis(200), clock);
    CountDownLatch looked = new CountDownLatch(1);

    // One thread looks for both, so the first has been looked at by then.
    after.watch(new CompletableFuture<>(), looked::countDown);

    assertThat(looked.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(limit.size()).isZero();
    assertThat(late).isEmpty();
  }

  @Test
  void goesOnWhenOneCannotBeTold() throws Exception {
    TimeLimit limit = new TimeLimit(Duration.ZERO, clock);
    CountDownLatch told = new CountDownLatch(1);

    limit.watch(
        new CompletableFuture<>(),
        () -> {
          throw new IllegalStateException("cannot be told");
        });
    limit.watch(new CompletableFuture<>(), told::countDown);

    assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
  }
}
