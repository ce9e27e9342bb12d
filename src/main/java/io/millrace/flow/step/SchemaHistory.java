package io.millrace.flow.step;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Every released version of a schema, oldest first. A store can contain values of any of them: what
 * was written years ago must be readable by the current version.
 */
public final class SchemaHistory {
  private SchemaHistory() {}

  /**
   * The versions of a record, the newest being the current one; empty for one that is never
   * written.
   */
  public static List<Schema> of(String recordName) {
    List<Schema> versions = new ArrayList<>();
    for (int number = 1; ; number++) {
      try (InputStream file =
          SchemaHistory.class.getResourceAsStream(resource(recordName, number))) {
        if (file == null) {
          return List.copyOf(versions);
        }
        versions.add(new Schema.Parser().parse(file));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(
            "The program is damaged: " + resource(recordName, number), unreadable);
      }
    }
  }

  private static String resource(String recordName, int number) {
    return "/schema-history/" + recordName + "/" + number + ".avsc";
  }
}
