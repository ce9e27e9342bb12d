package io.millrace.edge;

import io.millrace.edge.admit.BodyReader;
import io.millrace.edge.admit.PublicUrl;
import io.millrace.edge.wire.Problem;
import io.millrace.model.Reason;
import io.millrace.verify.Headers;
import io.millrace.verify.SignedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpField;

/** Reads a request exactly as its sender signed it. */
final class RequestReader {
  private final BodyReader bodies;

  RequestReader(BodyReader bodies) {
    this.bodies = bodies;
  }

  /** Reads a request in full. */
  Exchange.Received read(Exchange.Admitted admitted) {
    Exchange.Arrived arrived = admitted.arrived();
    HttpServletRequest http = arrived.http();
    refuseEncoded(http);
    SignedRequest request =
        new SignedRequest(
            http.getMethod(),
            PublicUrl.of(http, admitted.source().source(), arrived.pathToken(), arrived.client()),
            headers(http),
            bodies.read(http, admitted.permit()));
    return new Exchange.Received(admitted, request);
  }

  /**
   * The raw path segment after the source's name: never decoded, because senders sign it undecoded.
   */
  static Optional<String> pathToken(HttpServletRequest request) {
    String[] segments = request.getRequestURI().split("/", -1);
    return segments.length > 3 && !segments[3].isEmpty()
        ? Optional.of(segments[3])
        : Optional.empty();
  }

  static Headers headers(HttpServletRequest request) {
    // From the connection directly: the servlet API looks up every name again for its values.
    Headers.Builder headers = new Headers.Builder();
    for (HttpField field : ServletContextRequest.getServletContextRequest(request).getHeaders()) {
      headers.add(field.getName(), Objects.requireNonNullElse(field.getValue(), ""));
    }
    return headers.build();
  }

  /**
   * Refuses an encoded body instead of decoding it: the signed bytes would differ from those read
   * later, and a small body can unpack to gigabytes. No known sender encodes by default.
   */
  private static void refuseEncoded(HttpServletRequest request) {
    if (request.getHeader("Content-Encoding") == null) {
      return;
    }
    List<String> encodings = Collections.list(request.getHeaders("Content-Encoding"));
    boolean plain =
        encodings.stream()
            .map(encoding -> encoding.strip().toLowerCase(Locale.ROOT))
            .allMatch(encoding -> encoding.isEmpty() || encoding.equals("identity"));
    if (!plain) {
      throw Problem.of(
              Reason.UNSUPPORTED_MEDIA_TYPE,
              "The body has a Content-Encoding, which the edge does not decode; send it without one")
          .closingConnection()
          .withHeader("Accept-Encoding", "identity")
          .toException();
    }
  }
}
