package io.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.config.setting.Setting;
import io.millrace.config.setting.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random settings from every origin, against a model that looks each key up by itself. */
class SettingsPrecedenceTest {
  private static final int ROUNDS = 300;
  private static final List<String> NUMBERS =
      List.of("edge.port", "console.port", "stream.threads", "edge.requests.limit");
  private static final List<String> OTHERS = List.of("edge.prt", "stream.client.x", "nonsense");
  private static final List<String> VALUES = List.of("1", " 7", "64", "65", "-1", "many", "");
  private static final Map<String, Setting> KNOWN =
      Settings.of(Config.class).stream().collect(Collectors.toMap(Setting::key, it -> it));

  @TempDir Path folder;

  @Test
  void theStrongestOriginWinsAndEveryFaultIsReported() throws IOException {
    for (long seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      Map<String, String> file = draw(random);
      Map<String, String> environment = draw(random);
      Map<String, String> commandLine = draw(random);
      Path written = write(file);
      Map<String, Map<String, String>> weakestFirst = new LinkedHashMap<>();
      weakestFirst.put("file " + written, file);
      weakestFirst.put("environment", environment);
      weakestFirst.put("--set", commandLine);

      List<String> faults = new ArrayList<>();
      Map<String, Integer> numbers = model(weakestFirst, faults);

      assertThat(load(written, environment, commandLine))
          .as("seed %d", seed)
          .isEqualTo(faults.isEmpty() ? numbers.toString() : sorted(faults));
    }
  }

  /** What the numbers are; the default of a key that is not set or not allowed. */
  private static Map<String, Integer> model(
      Map<String, Map<String, String>> weakestFirst, List<String> faults) {
    Map<String, Integer> numbers = new TreeMap<>();
    for (String key : NUMBERS) {
      numbers.put(key, Integer.valueOf(Defaults.of(key)));
      String fault = "";
      for (Map.Entry<String, Map<String, String>> origin : weakestFirst.entrySet()) {
        String value = origin.getValue().getOrDefault(key, "none").strip();
        if (!value.equals("none")) {
          fault = isAllowed(key, value) ? "" : fault(key, value, origin.getKey());
          numbers.put(key, fault.isEmpty() ? Integer.parseInt(value) : -1);
        }
      }
      if (!fault.isEmpty()) {
        faults.add(fault);
      }
    }
    weakestFirst.forEach(
        (origin, values) ->
            values.keySet().stream()
                .filter(key -> List.of("edge.prt", "nonsense").contains(key))
                .forEach(
                    key -> faults.add(key + " (from " + at(origin, key) + ") is not a setting")));
    return numbers;
  }

  private static boolean isAllowed(String key, String value) {
    int least = key.endsWith(".port") ? 0 : 1;
    int most = key.equals("stream.threads") ? 64 : 65_535;
    return value.matches("-?\\d+")
        && Integer.parseInt(value) >= least
        && Integer.parseInt(value) <= most;
  }

  private static String fault(String key, String value, String origin) {
    return "%s = %s (from %s) must be %s"
        .formatted(
            key,
            value,
            at(origin, key),
            Optional.ofNullable(KNOWN.get(key)).get().kind().allowed());
  }

  private static String at(String origin, String key) {
    return origin.equals("environment") ? origin + " " + variable(key) : origin;
  }

  private static String variable(String key) {
    return "MILLRACE_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  private static Map<String, String> draw(Random random) {
    Map<String, String> drawn = new TreeMap<>();
    boolean onlyGood = random.nextBoolean();
    for (String key : NUMBERS) {
      if (random.nextInt(3) == 0) {
        drawn.put(key, VALUES.get(random.nextInt(onlyGood ? 3 : VALUES.size())));
      }
    }
    if (!onlyGood && random.nextBoolean()) {
      drawn.put(OTHERS.get(random.nextInt(OTHERS.size())), "hunter2");
    }
    return drawn;
  }

  private Path write(Map<String, String> settings) throws IOException {
    StringBuilder text = new StringBuilder();
    settings.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return Files.writeString(folder.resolve("millrace.properties"), text.toString());
  }

  /** The numbers, or the faults without the suggestions, sorted. */
  private static String load(
      Path file, Map<String, String> environment, Map<String, String> commandLine) {
    Map<String, String> variables = new HashMap<>();
    environment.forEach((key, value) -> variables.put(variable(key), value));
    try {
      Config config = Config.load(Path.of("/home"), Optional.of(file), variables, commandLine);
      return new TreeMap<>(
              Map.of(
                  "edge.port", config.edge().port(),
                  "console.port", config.console().port(),
                  "stream.threads", config.stream().settings().threads(),
                  "edge.requests.limit", config.edge().network().limits().requests()))
          .toString();
    } catch (InvalidConfigException e) {
      assertThat(e).hasMessageNotContaining("hunter2");
      return sorted(
          String.valueOf(e.getMessage())
              .lines()
              .skip(1)
              .map(line -> line.strip().replaceFirst("; did you mean .*", ""))
              .toList());
    }
  }

  private static String sorted(List<String> faults) {
    return faults.stream().sorted().collect(Collectors.joining("\n"));
  }
}
