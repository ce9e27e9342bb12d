package io.millrace.source;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where the events of a provider's delivery sit and what identifies them.
 *
 * @param tree the {@code events} section of the catalogue entry; empty if there is none
 */
public record EventExtraction(JsonNode tree) {

  /** Reads the {@code events} section of a catalogue entry. */
  public static EventExtraction of(JsonNode events) {
    return new EventExtraction(events);
  }
}
