package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.Defaults;
import io.millrace.tidy.Checkout;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the README says is so. */
class ReadmeTest {
  private static final String README = Checkout.read("README.md");
  private static final Pattern FENCE = Pattern.compile("(?ms)^( *)```bash\n(.*?)^ *```$");

  @Test
  void givesTheTwoCommands() {
    assertThat(fences().subList(0, 2)).containsExactly("./millrace demo\n", "mvn verify\n");
    assertThat(Checkout.read(".ci/run")).endsWith("\n" + fences().get(1));
  }

  @Test
  void namesTheDefaultPorts() {
    Set<String> ports = new TreeSet<>();
    ports.add(Defaults.of("edge.port"));
    ports.add(Defaults.of("console.port"));
    for (String url :
        List.of(
            Defaults.of("registry.url"),
            Defaults.of("connect.url"),
            "kafka://" + Defaults.of("kafka.bootstrap.servers"),
            Defaults.of("warehouse.jdbc.url").substring("jdbc:".length()))) {
      ports.add(String.valueOf(URI.create(url).getPort()));
    }

    assertThat(new TreeSet<>(all("(?m)^\\| (\\d+) \\|"))).isEqualTo(ports);
    assertThat(ports).containsAll(all("127\\.0\\.0\\.1:(\\d+)")).containsAll(all("-p (\\d+)"));
    assertThat(README).contains(Defaults.of("registry.url"));
  }

  @Test
  void namesTopicsThatExist() {
    String topics = Checkout.read("topology/topics.yaml");

    assertThat(all("--topic (\\S+)")).isNotEmpty().allMatch(it -> topics.contains(" " + it + ":"));
    assertThat(all("-t (\\S+)")).isNotEmpty().allMatch(it -> topics.contains(" " + it + ":"));
  }

  @Test
  void namesFilesThatExist() {
    List<String> files = new ArrayList<>(all("`((?:src|schemas|topology|docs)/[^`]*)`"));
    files.addAll(all("(?m)^(\\w+/) {2,}"));

    assertThat(files).contains("schemas/", "docs/").allMatch(ReadmeTest::exists);
  }

  private static boolean exists(String file) {
    return Files.exists(Checkout.ROOT.resolve(file));
  }

  @Test
  void sampleLedgerBalances() {
    List<List<Integer>> planned = ledger("expected");

    assertThat(planned)
        .hasSizeGreaterThan(2)
        .allSatisfy(
            row -> {
              // The columns after deliveries and refused: events, then what became of them.
              int outcomes = row.get(3) + row.get(4) + row.get(5) + row.get(6);
              assertThat(row.get(2)).as(row.toString()).isEqualTo(outcomes);
            });
    assertThat(ledger("counted")).isEqualTo(planned);
  }

  @Test
  void sampleLedgerHasTheLinesOfTheLedger() {
    String ledger =
        Checkout.filesIn("src").stream()
            .filter(file -> file.toString().contains("/ledger/"))
            .map(Checkout::read)
            .collect(Collectors.joining());

    assertThat(all("(?m)^([a-z ]+?) {2,}expected +counted$"))
        .isNotEmpty()
        .allMatch(heading -> ledger.contains('"' + heading + '"'));
    assertThat(all("(?m)^  ([a-z]+ events = .*?) {2,}\\d"))
        .isNotEmpty()
        .allMatch(line -> ledger.contains('"' + line + '"'));
  }

  /** The eight numbers of each line of the sample that says what was planned, or found. */
  private static List<List<Integer>> ledger(String kind) {
    return all("(?m)^[a-z ]+" + kind + " {2,}((?:\\d+ *){8}).*$").stream()
        .map(numbers -> Arrays.stream(numbers.trim().split(" +")).map(Integer::valueOf).toList())
        .toList();
  }

  @Test
  void everyCommandParses() throws IOException, InterruptedException {
    for (String fence : fences()) {
      Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
      bash.getOutputStream().write(fence.getBytes(StandardCharsets.UTF_8));
      bash.getOutputStream().close();
      String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(bash.waitFor()).as("%s%n%s", fence, said).isZero();
    }
  }

  /** The shell commands, each block without its indentation. */
  private static List<String> fences() {
    List<String> fences = new ArrayList<>();
    Matcher fence = FENCE.matcher(README);
    while (fence.find()) {
      fences.add(fence.group(2).replaceAll("(?m)^" + fence.group(1), ""));
    }
    return fences;
  }

  private static List<String> all(String pattern) {
    return Pattern.compile(pattern).matcher(README).results().map(match -> match.group(1)).toList();
  }
}
