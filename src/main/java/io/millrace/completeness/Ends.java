package io.millrace.completeness;

import java.util.Map;

/**
 * Where the partitions of a topic ended at some moment.
 *
 * @param offsets the offset the next record will get, by partition
 */
public record Ends(String topic, Map<Integer, Long> offsets) {
  public Ends {
    offsets = Map.copyOf(offsets);
  }
}
