package io.millrace.normalize.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.bench.sender.Outgoing;
import io.millrace.testing.Skip;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The vendors' own libraries for Node.js, in a process that answers one question a line and has the
 * clock of the question: src/test/npm/judge.mjs.
 */
public final class NodeJudge implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCRIPT = Path.of("src", "test", "npm", "judge.mjs");

  /** Where .ci/run and docs/testing.md install them. */
  private static final Path INSTALLED = Path.of("target", "npm");

  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  private NodeJudge(Process process) {
    this.process = process;
    this.questions = process.outputWriter();
    this.answers = process.inputReader();
  }

  /** Starts it, or leaves the test out where Node.js or the libraries are missing. */
  public static NodeJudge start() throws IOException {
    Skip.unless(
        Files.isDirectory(INSTALLED.resolve("node_modules")),
        "the comparison with the vendors' libraries for Node.js",
        INSTALLED + " has none",
        "install them as docs/testing.md says");
    return new NodeJudge(
        new ProcessBuilder("node", SCRIPT.toString(), INSTALLED.toAbsolutePath().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** The providers whose requests it can judge, or sign. */
  public List<String> providers(String role) {
    List<String> names = new ArrayList<>();
    ask(JSON.createObjectNode().put("list", true)).get(role).forEach(n -> names.add(n.asText()));
    return names;
  }

  /** What the vendor's library has against a request; whatever it throws is a refusal. */
  public Optional<String> refusal(String provider, String secret, Outgoing request, Instant at) {
    return Optional.ofNullable(ask(question(provider, secret, request, at)).get("refusal"))
        .map(JsonNode::asText);
  }

  /** The headers that the vendor's library signs a request with. */
  public Map<String, String> sign(String provider, String secret, Outgoing request, Instant at) {
    Map<String, String> headers = new HashMap<>();
    ask(question(provider, secret, request, at).put("sign", true))
        .get("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    return headers;
  }

  private static ObjectNode question(String provider, String secret, Outgoing request, Instant at) {
    ObjectNode question =
        JSON.createObjectNode()
            .put("provider", provider)
            .put("secret", secret)
            .put("now", at.toEpochMilli())
            .put("method", request.method())
            .put("url", request.url())
            .put("body", request.body());
    ObjectNode headers = question.putObject("headers");
    request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    return question;
  }

  private JsonNode ask(ObjectNode question) {
    try {
      questions.write(question.toString());
      questions.newLine();
      questions.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException("Node.js ended instead of answering; its error is above");
      }
      return JSON.readTree(answer);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public void close() throws IOException {
    questions.close();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
