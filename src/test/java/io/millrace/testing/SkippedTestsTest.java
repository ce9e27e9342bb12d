package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.tidy.Checkout;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** No test of this suite is left out in silence. */
class SkippedTestsTest {
  /** Written in pieces, so that this file keeps to its own rule. */
  private static final Pattern SILENT =
      Pattern.compile("\\b(assum" + "e(True|False|That|ThatCode|ThatObject)|TestAborted" + "Exc)");

  @Test
  void namesEveryTestThatWasLeftOutAndWhy() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();

    LauncherFactory.create(
            LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(
                    new SkippedTests(new PrintStream(said, true, StandardCharsets.UTF_8)))
                .build())
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(
                    DiscoverySelectors.selectClass(LeftOut.class),
                    DiscoverySelectors.selectClass(AllLeftOut.class))
                .build());

    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("SKIPPED: 3 of this run")
        .contains(
            "LeftOut.needsWhatIsNotThere: nothing because this tests skipping itself; nothing to do")
        .contains("LeftOut.isSwitchedOff: kept for later")
        .contains("AllLeftOut: all of it")
        .doesNotContain("runs");
  }

  @Test
  void everyTestUsesTheOneWay() {
    List<Path> silent =
        Checkout.filesIn("src/test/java").stream()
            .filter(path -> !path.endsWith("Skip.java"))
            .filter(path -> SILENT.matcher(Checkout.read(path)).find())
            .toList();

    assertThat(silent).as("use io.millrace.testing.Skip there").isEmpty();
  }

  @Test
  void isRegistered() {
    assertThat(
            Checkout.read(
                "src/test/resources/META-INF/services/"
                    + "org.junit.platform.launcher.TestExecutionListener"))
        .isEqualTo(SkippedTests.class.getName() + "\n");
  }

  /** Not found by itself: it has no name of a test, and no runner scans nested classes for it. */
  static final class LeftOut {
    @Test
    void needsWhatIsNotThere() {
      Skip.unless(false, "nothing", "this tests skipping itself", "nothing to do");
    }

    @Test
    @Disabled("kept for later")
    void isSwitchedOff() {
      assertThat(LeftOut.class).isNull();
    }

    @Test
    void runs() {
      Skip.unless(true, "nothing", "it can", "nothing to do");
    }
  }

  @Disabled("all of it")
  static final class AllLeftOut {
    @Test
    void neverRuns() {
      assertThat(LeftOut.class).isNull();
    }
  }
}
