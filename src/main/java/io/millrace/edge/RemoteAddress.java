package io.millrace.edge;

import jakarta.servlet.http.HttpServletRequest;

/** Where a connection comes from. */
final class RemoteAddress {
  private RemoteAddress() {}

  /** The address alone: Jetty puts brackets around IPv6, and the system may add a zone. */
  static String of(HttpServletRequest request) {
    return request.getRemoteAddr().replaceAll("[\\[\\]]|%.*", "");
  }
}
