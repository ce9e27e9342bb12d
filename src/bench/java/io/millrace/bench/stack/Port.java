package io.millrace.bench.stack;

/**
 * A port and who wants it.
 *
 * @param owner the part in words, as it is named when the port is taken
 * @param number 1 to 65535
 */
public record Port(String owner, int number) {}
