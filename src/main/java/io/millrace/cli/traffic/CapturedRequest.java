package io.millrace.cli.traffic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.app.CommandException;
import io.millrace.verify.Headers;
import io.millrace.verify.Secret;
import io.millrace.verify.SignedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request kept in a file, with the secrets to verify it with.
 *
 * @param capturedAt the time in the file; empty if it holds none
 */
public record CapturedRequest(
    SignedRequest request, List<Secret> secrets, Optional<Instant> capturedAt) {

  /**
   * Reads a file in the format of the catalogue's test vectors.
   *
   * @throws CommandException saying what is wrong with the file
   */
  public static CapturedRequest read(Path file) {
    return new Reader(file, false).read();
  }

  /** Reads a file whose secrets are not needed, because they are known from elsewhere. */
  public static CapturedRequest readWithoutSecrets(Path file) {
    return new Reader(file, true).read();
  }

  /** The same request with another URL and other secrets. */
  public CapturedRequest with(String url, List<Secret> others) {
    return new CapturedRequest(
        new SignedRequest(request.method(), url, request.headers(), request.body()),
        others,
        capturedAt);
  }

  /**
   * Reads every request of a file that contains a sequence of such objects.
   *
   * @throws CommandException saying what is wrong with the file
   */
  public static List<CapturedRequest> readAll(Path file) {
    return new Reader(file, true).all();
  }

  /** Reads one file, and names it in every error message. */
  private record Reader(Path file, boolean elsewhere) {
    private static final JsonMapper JSON = new JsonMapper();

    CapturedRequest read() {
      return captured(tree());
    }

    List<CapturedRequest> all() {
      try (MappingIterator<JsonNode> trees =
          JSON.readerFor(JsonNode.class).readValues(file.toFile())) {
        List<CapturedRequest> all = new ArrayList<>();
        while (trees.hasNextValue()) {
          all.add(captured(trees.nextValue()));
        }
        return all;
      } catch (JsonProcessingException broken) {
        throw wrong("it is not JSON" + place(broken), "fix the" + " syntax");
      } catch (IOException unreadable) {
        throw wrong("it cannot be" + " read", "check the path");
      }
    }

    private CapturedRequest captured(JsonNode tree) {
      if (!tree.isObject()) {
        throw wrong("it does not contain one JSON object", "keep one request per file");
      }
      JsonNode request = tree.path("request");
      if (!request.isObject()) {
        throw wrong("the key request is missing", "see the keys method, url, headers, bodyBase64");
      }
      return new CapturedRequest(
          new SignedRequest(
              text(request, "method"),
              text(request, "url"),
              headers(request.path("headers")),
              body(request)),
          secrets(tree.path("secrets")),
          time(tree.path("nowMs")));
    }

    private JsonNode tree() {
      try {
        return JSON.readTree(Files.readString(file));
      } catch (JsonProcessingException broken) {
        // Not the parser's message, which quotes the input and so perhaps a secret.
        throw wrong("it is not JSON" + place(broken), "fix the syntax");
      } catch (IOException unreadable) {
        throw wrong("it cannot be read", "check the path after --request");
      }
    }

    private static String place(JsonProcessingException broken) {
      return Optional.ofNullable(broken.getLocation())
          .map(at -> " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr()))
          .orElse("");
    }

    private String text(JsonNode request, String key) {
      if (!request.path(key).isTextual()) {
        throw wrong("request." + key + " is missing or not a string", "add it");
      }
      return request.path(key).textValue();
    }

    private Headers headers(JsonNode headers) {
      if (!headers.isObject()) {
        throw wrong("request.headers is missing", "write {\"Name\": \"value\"}");
      }
      Map<String, List<String>> values = new LinkedHashMap<>();
      headers.properties().forEach(entry -> values.put(entry.getKey(), texts(entry.getValue())));
      return Headers.of(values);
    }

    private List<String> texts(JsonNode value) {
      List<String> texts = new ArrayList<>();
      for (JsonNode each : value.isArray() ? value : List.of(value)) {
        if (!each.isTextual()) {
          throw wrong("a header is neither a string nor a list of strings", "quote it");
        }
        texts.add(each.textValue());
      }
      return texts;
    }

    private byte[] body(JsonNode request) {
      try {
        return Base64.getDecoder().decode(text(request, "bodyBase64"));
      } catch (IllegalArgumentException undecodable) {
        throw wrong("request.bodyBase64 is not base64", "encode the raw body, as with: base64 -w0");
      }
    }

    private List<Secret> secrets(JsonNode secrets) {
      if (secrets.isMissingNode() && elsewhere) {
        return List.of();
      }
      if (!secrets.isArray()) {
        throw wrong("the key secrets is missing or not a list", "write [\"...\"], or [] for none");
      }
      List<Secret> read = new ArrayList<>();
      for (JsonNode secret : secrets) {
        read.add(secret(secret, "secrets[" + read.size() + "]"));
      }
      return read;
    }

    /** A string, or an object that also names its use. */
    private Secret secret(JsonNode secret, String reference) {
      JsonNode value = secret.isObject() ? secret.path("value") : secret;
      JsonNode use = secret.path("use");
      if (!value.isTextual() || !(use.isTextual() || use.isMissingNode())) {
        throw wrong(
            "a secret is neither a string nor of the form {\"value\": \"...\", \"use\": \"...\"}",
            "quote it");
      }
      return new Secret(
          reference,
          value.textValue(),
          Optional.empty(),
          Optional.empty(),
          use.asText(Secret.VERIFICATION));
    }

    private Optional<Instant> time(JsonNode nowMs) {
      if (nowMs.isMissingNode() || nowMs.isNull()) {
        return Optional.empty();
      }
      if (!nowMs.canConvertToLong() || !nowMs.isIntegralNumber()) {
        throw wrong(
            "nowMs is not a whole number", "write milliseconds since 1970, or leave it" + " out");
      }
      return Optional.of(Instant.ofEpochMilli(nowMs.longValue()));
    }

    private CommandException wrong(String what, String remedy) {
      return CommandException.usage("The request file " + file + ": " + what + "; " + remedy);
    }
  }
}
