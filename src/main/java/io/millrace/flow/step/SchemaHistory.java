package io.millrace.flow.step;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Every version of a schema that has ever been released, oldest first. A store may hold values of
 * any of them: what was written years ago is restored by whatever version runs today.
 */
public final class SchemaHistory {
  private SchemaHistory() {}

  /** The versions of a record, the newest of them today's; empty for one that is never written. */
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
