package io.millrace.kafka.provision;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.kafka.topic.ProvisioningException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The connectors of a directory: one JSON file each, named after the connector, with its
 * configuration and {@code ${name}} for what differs between installations.
 */
public final class Connectors {
  private static final ObjectMapper JSON = new ObjectMapper();

  // ${provider:path:key} belongs to Connect, which fills it in by itself.
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^:}]+)}");

  private final Map<String, Map<String, String>> configurations;

  private Connectors(Map<String, Map<String, String>> configurations) {
    this.configurations = configurations;
  }

  /**
   * Reads every {@code *.json} of a directory and fills in the placeholders.
   *
   * @throws ProvisioningException when a file cannot be read or refers to an unknown value
   */
  public static Connectors load(Path directory, Map<String, String> values) {
    Map<String, Map<String, String>> configurations = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        String name = file.getFileName().toString().replace(".json", "");
        configurations.put(name, read(file, values));
      }
    } catch (IOException failure) {
      throw new ProvisioningException(
          "the connectors in %s cannot be read: %s".formatted(directory, failure.getMessage()),
          failure);
    }
    return new Connectors(configurations);
  }

  private static Map<String, String> read(Path file, Map<String, String> values)
      throws IOException {
    Map<String, String> configuration =
        JSON.readValue(Files.readString(file), new TypeReference<Map<String, String>>() {});
    configuration.replaceAll((key, value) -> fill(file, value, values));
    return Map.copyOf(configuration);
  }

  private static String fill(Path file, String text, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found -> {
              String name = found.group(1);
              if (!values.containsKey(name)) {
                throw new ProvisioningException(
                    "%s refers to ${%s}, which is not one of %s"
                        .formatted(file, name, values.keySet()));
              }
              return Matcher.quoteReplacement(values.get(name));
            });
  }

  /** Configurations by connector name. */
  public Map<String, Map<String, String>> configurations() {
    return Map.copyOf(configurations);
  }
}
