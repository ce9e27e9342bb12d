package io.millrace.completeness;

import java.util.Map;

/**
 * The end offsets of a topic's partitions at some moment.
 *
 * @param offsets the offset of the next record, by partition
 */
public record EndOffsets(String topic, Map<Integer, Long> offsets) {
  public EndOffsets {
    offsets = Map.copyOf(offsets);
  }
}
