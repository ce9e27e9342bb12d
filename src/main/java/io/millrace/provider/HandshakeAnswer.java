package io.millrace.provider;

import java.util.Map;

/** The answer to a handshake. */
public record HandshakeAnswer(
    int status, String contentType, String body, Map<String, String> headers) {
  public HandshakeAnswer {
    headers = Map.copyOf(headers);
  }

  public HandshakeAnswer(int status, String contentType, String body) {
    this(status, contentType, body, Map.of());
  }
}
