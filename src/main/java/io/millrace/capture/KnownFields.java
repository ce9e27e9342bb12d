package io.millrace.capture;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fields that are known to be personal because a provider's entry maps them to one, whatever their
 * own names are.
 */
final class KnownFields {
  private static final Set<Personal> PEOPLES =
      EnumSet.complementOf(EnumSet.of(Personal.TEXT, Personal.IP_ADDRESS));

  private final Map<List<String>, Personal> kinds = new HashMap<>();
  private final int longest;

  /**
   * @param mapped the field of the canonical event by the field of the body, a path with dots; both
   *     as in an entry, so a path may be relative to a part of the body
   */
  KnownFields(Map<String, String> mapped) {
    mapped.forEach(
        (path, canonical) ->
            PersonalFields.kind(canonical, "")
                .filter(PEOPLES::contains)
                .ifPresent(kind -> kinds.put(Arrays.asList(path.split("\\.", -1)), kind)));
    longest = kinds.keySet().stream().mapToInt(List::size).max().orElse(0);
  }

  /**
   * The kind of a field.
   *
   * @param path names of the objects around it, the outermost first, and its own
   */
  Optional<Personal> kind(List<String> path) {
    for (int from = Math.max(0, path.size() - longest); from < path.size(); from++) {
      Personal kind = kinds.get(path.subList(from, path.size()));
      if (kind != null) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
