package io.millrace.source;

/** What a provider expects to be answered to its handshake. */
public record HandshakeAnswer(int status, String contentType, String body) {}
