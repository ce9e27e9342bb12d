package io.millrace.audit;

import java.util.Optional;

/**
 * A discrepancy, by its coordinates.
 *
 * @param part the affected part of a delivery
 * @param position the record that is wrong, or {@link Position#NONE}
 * @param other the record it disagrees with, or {@link Position#NONE}
 */
record Discrepancy(Finding.Kind kind, Optional<Part> part, long position, long other) {

  static Discrepancy about(Finding.Kind kind, Part part, long position, long other) {
    return new Discrepancy(kind, Optional.of(part), position, other);
  }

  static Discrepancy about(Finding.Kind kind, Part part, long position) {
    return about(kind, part, position, Position.NONE);
  }

  static Discrepancy about(Finding.Kind kind, long position) {
    return new Discrepancy(kind, Optional.empty(), position, Position.NONE);
  }
}
