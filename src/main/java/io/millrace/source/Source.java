package io.millrace.source;

/** One connected source. */
public record Source(String name, Provider provider, Mapping mapping) {}
