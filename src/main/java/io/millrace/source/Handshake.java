package io.millrace.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.verify.SignedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * What a provider asks before it sends anything. A handshake by {@code POST} is signed like any
 * delivery and is to be verified first; {@code GET} and {@code HEAD} carry no signature.
 */
public sealed interface Handshake {

  /** The answer; empty if the request is no handshake but a delivery. */
  Optional<HandshakeAnswer> answer(SignedRequest request);

  /** Sends a field of the JSON body back if another field says that this is the handshake. */
  record EchoField(String when, String is, String field) implements Handshake {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Optional<HandshakeAnswer> answer(SignedRequest request) {
      // Nearly every request is a delivery: look for the word before parsing.
      if (!request.method().equals("POST")
          || !new String(request.body(), StandardCharsets.UTF_8).contains(is)) {
        return Optional.empty();
      }
      JsonNode body = parse(request.body());
      return body.path(when).asText().equals(is) && body.path(field).isTextual()
          ? Optional.of(new HandshakeAnswer(200, "text/plain", body.path(field).asText()))
          : Optional.empty();
    }

    private static JsonNode parse(byte[] body) {
      try {
        return JSON.readTree(body);
      } catch (IOException notJson) {
        return JSON.missingNode();
      }
    }
  }

  /** Says yes to a probe by certain methods. */
  record Confirm(Set<String> methods) implements Handshake {
    public Confirm {
      methods = Set.copyOf(methods);
    }

    @Override
    public Optional<HandshakeAnswer> answer(SignedRequest request) {
      return methods.contains(request.method())
          ? Optional.of(new HandshakeAnswer(200, "text/plain", ""))
          : Optional.empty();
    }
  }
}
