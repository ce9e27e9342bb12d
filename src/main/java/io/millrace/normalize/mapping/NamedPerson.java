package io.millrace.normalize.mapping;

import java.util.List;
import java.util.Optional;

/**
 * What an event says about its person.
 *
 * @param emails addresses in lower case, the one that belongs to the event's data first
 * @param phone as the sender wrote it
 */
public record NamedPerson(List<String> emails, Optional<String> phone, List<NamedId> ids) {
  public static final NamedPerson NOBODY = new NamedPerson(List.of(), Optional.empty(), List.of());

  public NamedPerson {
    emails = List.copyOf(emails);
    ids = List.copyOf(ids);
  }
}
