package io.millrace.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchdogTest {
  @TempDir private Path directory;

  @Test
  void endsWhatIsTiedToItWhenItsOwnerIsGone() throws Exception {
    Process tied = new ProcessBuilder("sleep", "600").start();
    Watchdog watchdog = Watchdog.start();
    watchdog.tie(tied.pid());

    watchdog.abandon();

    assertThat(tied.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void leavesAloneWhatItsOwnerHasStoppedItself() throws Exception {
    Process tied = new ProcessBuilder("sleep", "600").start();
    Watchdog watchdog = Watchdog.start();
    watchdog.tie(tied.pid());

    watchdog.close();

    assertThat(tied.isAlive()).isTrue();
    tied.destroyForcibly().waitFor();
  }

  @Test
  void nextStartWaitsForLeftoversOnly() throws IOException {
    Path list = directory.resolve("children");
    Process ended = new ProcessBuilder("true").start();
    // Its number, but not its start time: somebody else by now.
    Files.writeString(list, ProcessHandle.current().pid() + " 1\n" + ended.pid() + " 2\n");

    Children.awaitLeftovers(list);

    await().untilAsserted(() -> assertThat(list).doesNotExist());
  }
}
