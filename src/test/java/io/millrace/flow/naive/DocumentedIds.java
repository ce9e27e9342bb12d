package io.millrace.flow.naive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.event.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The ids in a merge, as docs/records.md describes its fields. */
final class DocumentedIds {
  static final Set<String> FIELDS = Set.of("merged_ids", "merged_id", "merged_into");

  private DocumentedIds() {}

  /** The records that end in the record of the event. */
  static List<String> ended(Event merge) {
    List<String> ids = new ArrayList<>();
    String several = merge.getData().get("merged_ids");
    if (several != null && several.startsWith("[")) {
      elements(several).forEach(element -> ids.add(element.asText()));
    } else if (several != null) {
      ids.add(several);
    }
    String one = merge.getData().get("merged_id");
    if (one != null) {
      ids.add(one);
    }
    return ids;
  }

  private static JsonNode elements(String list) {
    try {
      return new ObjectMapper().readTree(list);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
