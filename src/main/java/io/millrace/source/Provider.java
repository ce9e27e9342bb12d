package io.millrace.source;

/** A kind of sender the catalogue knows. */
public record Provider(String name, EventExtraction events) {}
