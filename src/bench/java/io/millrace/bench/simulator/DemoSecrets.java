package io.millrace.bench.simulator;

import com.fasterxml.jackson.core.type.TypeReference;
import io.millrace.bench.sender.Signer;
import io.millrace.bench.sender.Signers;
import io.millrace.bench.sender.SigningKeys;
import io.millrace.bench.simulator.life.Json;
import io.millrace.bench.simulator.life.SourceNames;
import io.millrace.file.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The secrets of the demo's sources: generated at the first start, never shipped, and kept in a
 * file that only its owner can read.
 *
 * @param signing the keys that each source's sender signs with
 * @param verifying the keys that the edge verifies with; different for key pairs
 */
public record DemoSecrets(Map<String, String> signing, Map<String, String> verifying) {
  private static final TypeReference<Map<String, Map<String, String>>> SHAPE =
      new TypeReference<>() {};

  public DemoSecrets {
    signing = Map.copyOf(signing);
    verifying = Map.copyOf(verifying);
  }

  /** The secrets of a directory, generated now if it has none. */
  public static DemoSecrets in(Path directory) {
    Path file = directory.resolve("secrets.json");
    try {
      if (Files.exists(file)) {
        return read(file);
      }
      DemoSecrets drawn = draw();
      OwnerOnly.folder(directory);
      drawn.write(file);
      return drawn;
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot read or write the demo's secrets: " + file, failure);
    }
  }

  /** Unknown secrets, for forgeries. */
  public static DemoSecrets draw() {
    Map<String, String> signing = new TreeMap<>();
    Map<String, String> verifying = new TreeMap<>();
    for (String source : SourceNames.all()) {
      SigningKeys keys = SigningKeys.draw(SourceNames.providerOf(source).orElseThrow());
      signing.put(source, keys.signing());
      verifying.put(source, keys.verifying());
    }
    return new DemoSecrets(signing, verifying);
  }

  /** The environment in which the sources' {@code env:} references are resolved. */
  public Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    verifying.forEach(
        (source, secret) -> environment.put(SourceNames.secretVariable(source), secret));
    return environment;
  }

  /** Each source's signer. */
  public Map<String, Signer> signers() {
    Map<String, Signer> signers = new TreeMap<>();
    for (String source : SourceNames.all()) {
      String secret = signing.get(source);
      if (secret == null) {
        throw new IllegalStateException("The demo's secrets lack the one of source " + source);
      }
      signers.put(source, Signers.of(SourceNames.providerOf(source).orElseThrow(), secret));
    }
    return signers;
  }

  @Override
  public String toString() {
    return "DemoSecrets of " + signing.keySet();
  }

  private static DemoSecrets read(Path file) throws IOException {
    Map<String, Map<String, String>> content =
        Json.MAPPER.readValue(Files.readAllBytes(file), SHAPE);
    return new DemoSecrets(
        content.getOrDefault("signing", Map.of()), content.getOrDefault("verifying", Map.of()));
  }

  private void write(Path file) throws IOException {
    OwnerOnly.replace(
        file, Json.MAPPER.writeValueAsBytes(Map.of("signing", signing, "verifying", verifying)));
  }
}
