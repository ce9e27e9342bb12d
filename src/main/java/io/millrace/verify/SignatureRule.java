package io.millrace.verify;

import java.util.List;
import java.util.stream.Collectors;

/** Where the signatures are and how they are written. */
public record SignatureRule(
    List<ValueLocation> locations, SignatureFormat format, Encoding encoding) {
  private static final int NAMED_IN_FULL = 3;

  public SignatureRule {
    locations = List.copyOf(locations);
    if (locations.isEmpty()) {
      throw new IllegalArgumentException(
          "a signature needs a location: header, headers, json, form or query");
    }
  }

  String describe() {
    return locations.size() > NAMED_IN_FULL
        ? locations.getFirst().describe() + " to " + locations.getLast().describe()
        : locations.stream().map(ValueLocation::describe).collect(Collectors.joining(" or "));
  }
}
