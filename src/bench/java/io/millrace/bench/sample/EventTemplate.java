package io.millrace.bench.sample;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * One kind of event of a provider.
 *
 * @param becomes the type of the canonical event
 * @param first whether it opens a person's story; the others come after all that do
 * @param headers that belong to it, templates; only for senders that post events one by one
 * @param body a tree, or the text of an XML element
 */
record EventTemplate(String becomes, boolean first, Map<String, String> headers, JsonNode body) {
  EventTemplate {
    headers = Map.copyOf(headers);
  }
}
