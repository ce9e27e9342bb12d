package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.tidy.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher, in a checkout of its own with a Maven and a Java that only say how they were
 * called.
 */
class LauncherTest {
  private static final String RECORDING_MAVEN =
      """
      #!/bin/sh
      if [ "$1" = --version ]; then echo "Apache Maven $MAVEN_VERSION"; exit 0; fi
      echo "$@" >> mvn-calls
      echo "Downloaded from central: https://registry.example/a.jar (1.5 MB at 2.0 MB/s)"
      if [ -n "$MAVEN_FAILS" ]; then echo "[ERROR] no such artifact"; exit 1; fi
      mkdir -p target/lib target/stack
      touch target/millrace.jar target/millrace-bench.jar
      """;

  private static final String RECORDING_JAVA =
      """
      #!/bin/sh
      for argument in "$@"; do echo "$argument"; done
      echo "umask $(umask)"
      pwd
      exit 7
      """;

  /** Writes an archive when it is trained, and accepts it when it is tried. */
  private static final String TRAINABLE_JAVA =
      """
      #!/bin/sh
      archive=
      for argument in "$@"; do
        case $argument in
          -XX:AOTCacheOutput=* | -XX:ArchiveClassesAtExit=*) archive=${argument#*=} ;;
          -version) exit 0 ;;
          io.millrace.Training)
            echo "$@" >> TRAININGS
            [ -z "$TRAINING_FAILS" ] || { echo "no room"; exit 1; }
            if [ -n "$TRAINING_HANGS" ]; then exec sleep 60; fi
            echo learned > "$archive"
            exit 0 ;;
        esac
      done
      for argument in "$@"; do echo "$argument"; done
      exit 7
      """;

  @TempDir Path folder;
  private Path checkout = Path.of("");

  private record Outcome(int exitCode, String out, String err) {}

  @BeforeEach
  void prepareCheckout() throws IOException {
    checkout = Files.createDirectories(folder.resolve("check out")).toRealPath();
    // Without the places outside a home folder: what is installed there must not decide the test.
    script(
        checkout.resolve("millrace"),
        Checkout.read("millrace")
            .replaceAll(" /(usr|opt|Library)/[^\\s;]*\\*[^\\s;]*", " /nowhere"));
    Files.createDirectories(checkout.resolve("src/main"));
    Files.createDirectories(checkout.resolve("schemas"));
    Files.createDirectories(checkout.resolve(".mvn"));
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    script(folder.resolve("bin/mvn"), RECORDING_MAVEN);
    jdk("jdk-21", "21.0.1");
    jdk("jdk-17", "17.0.9");
    script(folder.resolve("bin/java"), "#!/bin/sh\necho '    java.home = " + folder + "/jdk-17'\n");
  }

  @Test
  void buildsOnceThenRunsJavaInTheCallersFolder() throws Exception {
    Outcome first = launch(Map.of(), "demo", "--exit");
    Outcome second = launch(Map.of(), "demo", "--exit");

    assertThat(first.err()).contains("First start: downloading", "Built in");
    assertThat(first.exitCode()).isEqualTo(7);
    assertThat(first.out())
        .contains("-Dmillrace.home=" + checkout + "\n", "io.millrace.Main\ndemo\n--exit\n")
        .contains("-Dmillrace.stack=" + checkout.resolve("target/stack") + "\n")
        .doesNotContain("--sun-misc-unsafe-memory-access")
        .endsWith("\n" + folder.toRealPath() + "\n");
    assertThat(second.err()).isEmpty();
    assertThat(Files.readAllLines(checkout.resolve("mvn-calls"))).hasSize(1);
  }

  @Test
  void letsJavaWriteNothingThatOthersCanRead() throws Exception {
    assertThat(launch(Map.of(), "edge").out()).containsPattern("(?m)^umask 0?077$");
  }

  @Test
  void buildsAgainWhenASourceIsNewerOrTheBuildWasInterrupted() throws Exception {
    launch(Map.of());
    Files.delete(checkout.resolve("target/built"));
    launch(Map.of());
    Files.setLastModifiedTime(
        checkout.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(60)));
    Outcome third = launch(Map.of());

    assertThat(third.err()).contains("The sources have changed: building.");
    assertThat(Files.readAllLines(checkout.resolve("mvn-calls"))).hasSize(3);
  }

  @Test
  void showsMavensErrorsAndEndsWith3() throws Exception {
    Outcome outcome = launch(Map.of("MAVEN_FAILS", "yes"), "demo");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err())
        .contains("[ERROR] no such artifact", "the build failed")
        .contains(checkout.resolve("target/build.log").toString());
    assertThat(checkout.resolve("target/build.lock")).doesNotExist();
  }

  @Test
  void passesOptionsOn() throws Exception {
    Outcome outcome =
        launch(
            Map.of("MILLRACE_MAVEN_OPTS", "-o -Dx=y", "MILLRACE_JAVA_OPTS", "-Xmx4g -Dz=1"), "up");

    assertThat(Files.readString(checkout.resolve("mvn-calls"))).contains(" -o -Dx=y package");
    assertThat(outcome.out()).containsSubsequence("-Xmx2g\n", "-Xmx4g\n-Dz=1\n");
  }

  @Test
  void takesTheLockOfAProcessThatIsGone() throws Exception {
    Files.createDirectories(checkout.resolve("target"));
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createSymbolicLink(
        checkout.resolve("target/build.lock"), Path.of(String.valueOf(gone.pid())));

    assertThat(launch(Map.of()).err()).contains("Built in");
  }

  @Test
  void runsThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("mr"), checkout.resolve("millrace"));

    assertThat(run(link, Map.of(), "up").out()).contains("-Dmillrace.home=" + checkout + "\n");
  }

  @Test
  void skipsAJavaThatIsTooOld() throws Exception {
    Files.createDirectories(folder.resolve("home/.jdks"));
    Files.createSymbolicLink(folder.resolve("home/.jdks/jdk-99"), jdk("jdk-99", "99"));

    Outcome outcome = launch(Map.of("JAVA_HOME", folder.resolve("jdk-17").toString()), "up");

    assertThat(outcome.exitCode()).isEqualTo(7);
    assertThat(outcome.out()).contains("--sun-misc-unsafe-memory-access=allow\n");
  }

  @Test
  void saysInOneLineThatThereIsNoJava() throws Exception {
    Outcome outcome = launch(Map.of("JAVA_HOME", folder.resolve("jdk-17").toString()), "up");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err().lines()).hasSize(1).first().asString().contains("JDK 21 or newer");
  }

  @Test
  void saysInOneLineThatMavenIsTooOld() throws Exception {
    Outcome outcome = launch(Map.of("MAVEN_VERSION", "3.6.3"), "up");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .contains("needs Maven 3.8 or newer and found 3.6");
  }

  @Test
  void trainsOnceAndThenUsesTheArchiveOfTheCommand() throws Exception {
    Map<String, String> java = trainable("25.0.3");

    Outcome first = launch(java, "edge");
    Outcome second = launch(java, "edge");
    Outcome brief = launch(java, "sources", "list");

    assertThat(first.err()).contains("Preparing faster starts", "Prepared in");
    assertThat(first.exitCode()).isEqualTo(7);
    assertThat(second.err()).isEmpty();
    assertThat(second.out())
        .contains("-XX:AOTCache=" + archive("edge") + "\n", "-Xlog:aot*=off\n")
        .doesNotContain("TieredStopAtLevel");
    assertThat(brief.out())
        .contains("-XX:AOTCache=" + archive("commands") + "\n", "-XX:TieredStopAtLevel=1\n");
    assertThat(trainings()).hasSize(2);
    assertThat(checkout.resolve("target/build.lock")).doesNotExist();
  }

  @Test
  void archivesClassesWithAJavaThatCanDoNoMore() throws Exception {
    Map<String, String> java = trainable("21.0.9");

    launch(java, "edge");

    assertThat(launch(java, "edge").out())
        .contains("-XX:SharedArchiveFile=" + archive("edge") + "\n", "-Xlog:cds*=off\n")
        .doesNotContain("AOT", "aot");
  }

  @Test
  void trainsAnewForAnotherJavaAndForAnotherBuild() throws Exception {
    launch(trainable("25.0.3"), "edge");
    launch(trainable("25.0.4"), "edge");
    Files.setLastModifiedTime(
        checkout.resolve("target/millrace.jar"), FileTime.from(Instant.now().plusSeconds(60)));
    launch(trainable("25.0.4"), "edge");

    assertThat(trainings()).hasSize(6);
  }

  @Test
  void startsWithoutAnArchiveWhenTheTrainingFailsAndDoesNotTryAgain() throws Exception {
    var java = new HashMap<>(trainable("25.0.3"));
    java.put("TRAINING_FAILS", "yes");

    Outcome first = launch(java, "edge");
    Outcome second = launch(java, "edge");

    assertThat(first.err()).contains("Preparation failed", "continuing without it");
    assertThat(first.exitCode()).isEqualTo(7);
    assertThat(checkout.resolve("target/training.log")).content().contains("no room");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).doesNotContain("AOT");
    assertThat(trainings()).hasSize(2);
  }

  @Test
  void keepsTheCacheOffAndApartFromWhatTheUserChose() throws Exception {
    var java = new HashMap<>(trainable("25.0.3"));
    java.put("MILLRACE_CACHE", "off");

    assertThat(launch(java, "edge").out()).doesNotContain("AOT", "aot");
    assertThat(folder.resolve("trainings")).doesNotExist();

    java.remove("MILLRACE_CACHE");
    java.put("MILLRACE_JAVA_OPTS", "-XX:+UseZGC");
    assertThat(launch(java, "sources").out()).doesNotContain("UseSerialGC").contains("AOTCache=");

    java.put("MILLRACE_JAVA_OPTS", "-Xshare:off");
    assertThat(launch(java, "sources").out()).doesNotContain("AOT");
  }

  @Test
  void anInterruptedTrainingLeavesNothingAndIsRepeated() throws Exception {
    var java = new HashMap<>(trainable("25.0.3"));
    launch(withoutCache(java), "edge");
    java.put("TRAINING_HANGS", "yes");
    Process interrupted =
        builder(checkout.resolve("millrace"), java, "edge")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("interrupted").toFile())
            .start();
    await().until(() -> Files.exists(folder.resolve("trainings")));
    interrupted.destroy();

    assertThat(interrupted.waitFor()).isEqualTo(143);
    assertThat(checkout.resolve("target/build.lock")).doesNotExist();
    assertThat(checkout.resolve("target/start")).doesNotExist();

    java.remove("TRAINING_HANGS");
    assertThat(launch(java, "edge").out()).contains("AOTCache=");
  }

  /** A Java that can be trained. */
  private Map<String, String> trainable(String version) throws IOException {
    Path home = jdk("trainable", version);
    for (String tool : List.of("java", "javac")) {
      script(
          home.resolve("bin").resolve(tool),
          TRAINABLE_JAVA.replace("TRAININGS", "'" + folder.resolve("trainings") + "'"));
    }
    return Map.of("JAVA_HOME", home.toString());
  }

  private static Map<String, String> withoutCache(Map<String, String> environment) {
    var without = new HashMap<>(environment);
    without.put("MILLRACE_CACHE", "off");
    return without;
  }

  private String archive(String name) {
    return checkout.resolve("target/start").resolve(name).toString();
  }

  private List<String> trainings() throws IOException {
    return Files.readAllLines(folder.resolve("trainings"));
  }

  private Outcome launch(Map<String, String> environment, String... arguments) throws Exception {
    return run(checkout.resolve("millrace"), environment, arguments);
  }

  private Outcome run(Path launcher, Map<String, String> environment, String... arguments)
      throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    int exitCode =
        builder(launcher, environment, arguments)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    return new Outcome(
        exitCode,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private ProcessBuilder builder(
      Path launcher, Map<String, String> environment, String... arguments) {
    var command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("MILLRACE_CACHE");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.environment().remove("MILLRACE_JAVA_OPTS");
    builder.environment().remove("MILLRACE_MAVEN_OPTS");
    builder.environment().put("HOME", folder.resolve("home").toString());
    builder.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    builder.environment().put("JAVA_HOME", folder.resolve("jdk-21").toString());
    builder.environment().put("MAVEN_VERSION", "3.8.7");
    builder.environment().putAll(environment);
    return builder;
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    script(home.resolve("bin/java"), RECORDING_JAVA);
    script(home.resolve("bin/javac"), RECORDING_JAVA);
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
