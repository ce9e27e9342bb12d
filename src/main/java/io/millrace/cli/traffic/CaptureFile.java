package io.millrace.cli.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.app.CommandException;
import io.millrace.capture.CapturedContent;
import io.millrace.file.OwnerOnly;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of captured requests: one JSON object per line, in the format that `sources test` reads.
 */
public final class CaptureFile {
  /** Replaces a credential that the edge masked. */
  public static final String MASK = "***";

  private static final ObjectMapper JSON = new ObjectMapper();

  private CaptureFile() {}

  /** The parts of a delivery, as the operator API shows it, that may be personal. */
  static CapturedContent content(JsonNode delivery) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> header : delivery.path("headers").properties()) {
      List<String> values = new ArrayList<>();
      header.getValue().forEach(value -> values.add(value.asText()));
      // A credential is not part of a capture, and its mask would look like one.
      if (values.stream().noneMatch(MASK::equals)) {
        headers.put(header.getKey(), values);
      }
    }
    return new CapturedContent(
        delivery.path("url").asText(),
        headers,
        Base64.getDecoder().decode(delivery.path("body_base64").asText()));
  }

  /**
   * One line.
   *
   * @param delivery provides method and time
   */
  static String line(JsonNode delivery, CapturedContent content, boolean redacted) {
    ObjectNode line = JSON.createObjectNode();
    line.put("source", delivery.path("source").asText());
    line.put("redacted", redacted);
    line.putArray("secrets");
    line.put("nowMs", Instant.parse(delivery.path("received_at").asText()).toEpochMilli());
    ObjectNode request = line.putObject("request");
    request.put("method", delivery.path("method").asText());
    request.put("url", content.url());
    ObjectNode headers = request.putObject("headers");
    content
        .headers()
        .forEach(
            (name, values) -> {
              ArrayNode all = headers.putArray(name);
              values.forEach(all::add);
            });
    request.put("bodyBase64", Base64.getEncoder().encodeToString(content.body()));
    return line.toString();
  }

  /**
   * Writes a new file that only its owner can read.
   *
   * @throws CommandException if it exists or cannot be written
   */
  static void write(Path file, List<String> lines) {
    try {
      OwnerOnly.create(file, (String.join("\n", lines) + "\n").getBytes(UTF_8));
    } catch (FileAlreadyExistsException taken) {
      throw CommandException.usage(
          "The file " + file + " already exists; choose another with" + " --out");
    } catch (IOException failure) {
      throw CommandException.usage("Could not write " + file + ": " + failure);
    }
  }
}
