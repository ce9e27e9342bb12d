package io.millrace.edge.wire;

/** The headers in which trusted proxies name the sender. */
public enum ForwardingHeaders {
  /** Whichever is present. If both are and name different addresses, neither is trusted. */
  EITHER,
  /** X-Forwarded-For, -Proto, -Host, -Port and -Prefix. */
  X_FORWARDED,
  /** Forwarded (RFC 7239). */
  FORWARDED
}
