package io.millrace.flow.testing;

import io.millrace.event.Event;
import io.millrace.event.Identifier;
import io.millrace.event.PersonIdentity;
import io.millrace.identity.IdentifierIds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Identifiers with ids made with a key that is the same for all tests. */
public final class TestIdentifiers {
  private static final IdentifierIds IDS =
      new IdentifierIds("a key of thirty-two bytes for us".getBytes(StandardCharsets.UTF_8));

  private TestIdentifiers() {}

  public static Identifier email(String address) {
    return IDS.identifier("email", "", address);
  }

  public static Identifier of(String kind, String system, String value) {
    return IDS.identifier(kind, system, value);
  }

  /** The event, naming these identifiers of its person. */
  public static Event naming(Event event, Identifier... identifiers) {
    PersonIdentity person =
        event
            .getPerson()
            .map(PersonIdentity::newBuilder)
            .orElseGet(
                () ->
                    PersonIdentity.newBuilder()
                        .setKey(identifiers[0].getId())
                        .setExternalIds(Map.of()))
            .setIdentifiers(List.of(identifiers))
            .build();
    return Event.newBuilder(event).setPerson(person).build();
  }
}
