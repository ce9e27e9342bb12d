package io.millrace.edge.wire;

/** In which headers the trusted proxies say for whom they speak. */
public enum ForwardingHeaders {
  /** Whichever there is. Where both are and name different addresses, neither is believed. */
  EITHER,
  /** X-Forwarded-For, -Proto, -Host, -Port and -Prefix. */
  X_FORWARDED,
  /** Forwarded (RFC 7239). */
  FORWARDED
}
