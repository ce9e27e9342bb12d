package io.millrace.provider;

import java.util.Map;

/** What a provider expects to be answered to its handshake. */
public record HandshakeAnswer(
    int status, String contentType, String body, Map<String, String> headers) {
  public HandshakeAnswer {
    headers = Map.copyOf(headers);
  }

  public HandshakeAnswer(int status, String contentType, String body) {
    this(status, contentType, body, Map.of());
  }
}
