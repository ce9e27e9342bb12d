package io.millrace.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The fields of a merge that name other records. They are not fields of the record itself. */
public final class MergedIds {
  /** Records that end: a JSON list of ids, or one id as plain text. */
  public static final String LIST = "merged_ids";

  /** One more record that ends. */
  public static final String ONE = "merged_id";

  /** The survivor, if the merge is reported as an event of the record that ends. */
  public static final String INTO = "merged_into";

  private static final JsonFactory JSON = new JsonFactory();

  private MergedIds() {}

  /** Whether a value of {@link #LIST} is a list, and not one id as plain text. */
  public static boolean isList(String text) {
    return text.stripLeading().startsWith("[");
  }

  /**
   * The ids in a JSON list, as they are written.
   *
   * @throws IOException if it is not a list of ids
   */
  public static List<String> inList(String text) throws IOException {
    List<String> ids = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        JsonToken token = json.currentToken();
        String id = token != null && token.isScalarValue() ? json.getText() : "";
        if (id.isBlank() || token == JsonToken.VALUE_NULL) {
          throw new IOException("not an id");
        }
        ids.add(id);
      }
    }
    return ids;
  }
}
