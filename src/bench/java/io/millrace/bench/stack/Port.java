package io.millrace.bench.stack;

/**
 * A port and its user.
 *
 * @param owner the part in words, for the message if the port is in use
 * @param number 1 to 65535
 */
public record Port(String owner, int number) {}
