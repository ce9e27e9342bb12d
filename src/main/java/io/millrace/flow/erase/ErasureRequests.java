package io.millrace.flow.erase;

import io.millrace.event.ErasureRequest;
import io.millrace.event.Event;
import io.millrace.event.Identifier;
import io.millrace.event.PersonIdentity;
import io.millrace.event.RecordRef;
import io.millrace.identity.IdentityRules;
import io.millrace.model.Assurance;
import io.millrace.model.RecordTypes;
import java.util.List;
import java.util.Optional;

/** The requests of senders to erase a person, such as HubSpot's privacy deletion of a contact. */
public final class ErasureRequests {
  private ErasureRequests() {}

  /** What becomes of a request. */
  public enum Outcome {
    /** The person is erased. */
    ERASED,
    /** It is only reported, because the rules say so. */
    REPORTED,
    /** It is only reported: the edge did not prove who sent all of it. */
    UNPROVED,
    /** It is only reported: it names nobody. */
    NAMELESS
  }

  /**
   * The requests of an event, one for each identifier of a person that it names: they may belong to
   * several people, whom nothing has linked so far.
   */
  public static List<ErasureRequest> of(Event event) {
    List<Identifier> named =
        event.getPerson().map(PersonIdentity::getIdentifiers).orElse(List.of());
    return named.isEmpty()
        ? List.of(request(event, ""))
        : named.stream().map(each -> request(event, each.getId())).toList();
  }

  private static ErasureRequest request(Event event, String identifier) {
    Optional<RecordRef> record =
        Optional.of(event.getRecord()).filter(ref -> !RecordTypes.isPerson(ref));
    return ErasureRequest.newBuilder()
        .setIdentifier(identifier)
        .setRecord(record.orElse(null))
        .setSource(event.getSource())
        .setEventId(event.getEventId())
        .setEventType(event.getEventType())
        .setAssurance(event.getMetadata().getAssurance())
        .setReceivedAt(event.getReceivedAt())
        .build();
  }

  /** The key of a request in its topic. */
  public static String key(ErasureRequest request) {
    return request
        .getPerson()
        .orElseGet(
            () ->
                request.getIdentifier().isEmpty() ? request.getSource() : request.getIdentifier());
  }

  /** What becomes of a request. Nobody is erased by what somebody else could have sent. */
  public static Outcome outcome(ErasureRequest request, IdentityRules.ErasureRequests rule) {
    if (request.getIdentifier().isEmpty()) {
      return Outcome.NAMELESS;
    }
    if (!request.getAssurance().equals(Assurance.BODY_SIGNED.name())) {
      return Outcome.UNPROVED;
    }
    return switch (rule) {
      case ERASE -> Outcome.ERASED;
      case REPORT -> Outcome.REPORTED;
    };
  }
}
