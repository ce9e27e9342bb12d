package io.millrace.config;

import io.millrace.config.setting.GivenText;
import io.millrace.config.setting.Setting;
import io.millrace.config.setting.Settings;
import io.millrace.config.setting.SettingsReader;
import io.millrace.yaml.Suggestions;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What was set, and where: later layers override earlier ones. Collects all faults instead of
 * stopping at the first.
 */
final class GivenSettings {
  private static final String ENVIRONMENT_PREFIX = "MILLRACE_";

  /** Read by the launcher only. */
  private static final List<String> OTHERS =
      List.of("MILLRACE_JAVA_OPTS", "MILLRACE_MAVEN_OPTS", "MILLRACE_CACHE");

  /** Reserved for the secrets that source files refer to. */
  private static final String SECRETS_PREFIX = "MILLRACE_SECRET_";

  /** A port in a default: alone, or in an address. */
  private static final Pattern PORT = Pattern.compile("(?<=^|:)[0-9]{4,5}(?=$|/)");

  private final String home;
  private final int portOffset;
  private final List<String> keys = Settings.keys(Config.class);
  private final List<String> prefixes = Settings.prefixes(Config.class);
  private final Map<String, GivenText> given = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  /**
   * @param home the checkout, for defaults below it
   * @param portOffset added to the ports of the defaults
   */
  GivenSettings(Path home, int portOffset) {
    this.home = home.toString();
    this.portOffset = portOffset;
  }

  /** Adds a properties file's settings. */
  void addFile(Path file) {
    Properties properties = new Properties();
    // The whole file first, to distinguish a folder or a missing file from invalid content.
    try (Reader text = new StringReader(Files.readString(file))) {
      properties.load(text);
    } catch (NoSuchFileException e) {
      faults.add("there is no file " + file + "; check the path after --config");
    } catch (IOException e) {
      faults.add("cannot read the file " + file + ": " + e);
    } catch (IllegalArgumentException e) {
      faults.add("cannot read the file " + file + ": " + e.getMessage());
    }
    properties.stringPropertyNames().stream()
        .sorted()
        .forEach(key -> add(key, properties.getProperty(key), "file " + file));
  }

  /** Adds what the environment sets: {@code MILLRACE_EDGE_PORT} is {@code edge.port}. */
  void addEnvironment(Map<String, String> environment) {
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (name.startsWith(ENVIRONMENT_PREFIX)
                  && !name.startsWith(SECRETS_PREFIX)
                  && !OTHERS.contains(name)) {
                add(keyOf(name), value, "environment " + name);
              }
            });
  }

  /** Adds what the command line sets. */
  void addCommandLine(Map<String, String> settings) {
    new TreeMap<>(settings).forEach((key, value) -> add(key, value, "--set"));
  }

  private void add(String key, String value, String origin) {
    if (isKnown(key)) {
      given.put(key, new GivenText(value.strip(), origin));
    } else {
      // Without the value: a secret under a misspelt name must not end up in a log.
      faults.add(key + " (from " + origin + ") is not a setting" + suggestion(key));
    }
  }

  /** Whether a key is a setting of Millrace, or one that is passed on to a library. */
  private boolean isKnown(String key) {
    return keys.contains(key)
        || prefixes.stream().anyMatch(it -> key.startsWith(it) && key.length() > it.length());
  }

  /**
   * Builds the settings from what was added.
   *
   * @throws InvalidConfigException lists every fault on its own line
   */
  Config read() throws InvalidConfigException {
    Config config = new SettingsReader(given, this::fallback, faults::add).read(Config.class);
    if (!faults.isEmpty()) {
      throw new InvalidConfigException(faults);
    }
    return config;
  }

  private String fallback(Setting setting) {
    return shifted(setting).replace("{home}", home);
  }

  private String shifted(Setting setting) {
    if (!setting.key().endsWith(".port") && !setting.fallback().contains(":")) {
      return setting.fallback();
    }
    return PORT.matcher(setting.fallback())
        .replaceAll(port -> Integer.toString(Integer.parseInt(port.group()) + portOffset));
  }

  private static String keyOf(String environmentName) {
    return environmentName
        .substring(ENVIRONMENT_PREFIX.length())
        .toLowerCase(Locale.ROOT)
        .replace('_', '.');
  }

  private String suggestion(String key) {
    List<String> near = Suggestions.near(key, keys);
    return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
  }
}
