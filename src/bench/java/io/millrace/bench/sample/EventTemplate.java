package io.millrace.bench.sample;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * One kind of event of a provider.
 *
 * @param becomes the type of the canonical event
 * @param first whether it opens a person's story; other events come after all of these
 * @param headers additional header templates; only for senders that post events one by one
 * @param body a tree, or the text of an XML element
 */
record EventTemplate(String becomes, boolean first, Map<String, String> headers, JsonNode body) {
  EventTemplate {
    headers = Map.copyOf(headers);
  }
}
