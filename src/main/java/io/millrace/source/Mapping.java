package io.millrace.source;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How the fields of a connected source become canonical ones.
 *
 * @param tree the {@code mapping} section of the source; empty if there is none
 */
public record Mapping(JsonNode tree) {

  /** Reads the {@code mapping} section of a source's file. */
  public static Mapping of(JsonNode mapping) {
    return new Mapping(mapping);
  }
}
