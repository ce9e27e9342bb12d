package io.millrace.edge.admit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class VerificationMemoryTest {
  private static final byte[] BODY = new byte[1024 * 1024];

  @Test
  void verifiesOnlySoManyBodiesAtATime() throws InterruptedException {
    var memory = new VerificationMemory(25L * BODY.length);
    var atOnce = new AtomicInteger();
    var goOn = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int number = 0; number < 20; number++) {
        threads.execute(
            () ->
                memory.use(
                    BODY,
                    () -> {
                      assertThat(atOnce.incrementAndGet()).isLessThanOrEqualTo(2);
                      waitFor(goOn);
                      return atOnce.decrementAndGet();
                    }));
      }
      await().until(() -> atOnce.get() == 2);
      goOn.countDown();
    }

    assertThat(atOnce).hasValue(0);
    assertThat(memory.free()).isEqualTo(25L * BODY.length);
  }

  @Test
  void verifiesABodyThatIsLargerThanItsMemoryAlone() {
    var memory = new VerificationMemory(BODY.length);

    assertThat(memory.use(BODY, memory::free)).isZero();
    assertThat(memory.free()).isEqualTo(BODY.length);
  }

  @Test
  void getsItsMemoryBackFromWhatFails() {
    var memory = new VerificationMemory(BODY.length);

    assertThatThrownBy(
            () ->
                memory.use(
                    BODY,
                    () -> {
                      throw new IllegalStateException("refused");
                    }))
        .hasMessage("refused");
    assertThat(memory.free()).isEqualTo(BODY.length);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
