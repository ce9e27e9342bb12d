package io.millrace.flow.person;

import io.millrace.event.ErasureOrder;
import io.millrace.event.Identifier;
import io.millrace.event.IdentifierSighting;
import io.millrace.event.IdentifierState;
import io.millrace.event.LinkState;
import io.millrace.flow.erase.ErasureMarks;
import io.millrace.flow.step.RecentRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Removes what the home of an identifier knows of erased ones, and tells what is on its way about
 * them from the rest.
 *
 * <p>An order about an identifier comes to its own home, to its person and to the homes of the
 * identifiers it is linked to. A link has its row at the strongest identifier of the event, which
 * is linked to both ends: so these homes are all that have a row with it.
 */
final class ErasedAtHome {
  private final ErasureMarks marks;
  private final RecentRows<IdentifierState> identifiers;
  private final RecentRows<LinkState> links;
  private final KeyValueStore<String, LinkState> linkRows;

  ErasedAtHome(
      ProcessorContext<?, ?> context,
      RecentRows<IdentifierState> identifiers,
      RecentRows<LinkState> links) {
    this.identifiers = identifiers;
    this.links = links;
    linkRows = context.getStateStore(FindPerson.LINKS);
    marks = new ErasureMarks(context.getStateStore(ErasureMarks.OF_PEOPLE));
  }

  /**
   * Removes what is known of an erased identifier.
   *
   * @param home the identifier whose home the order came to
   * @return the person elsewhere that the identifier belongs to, if this is its own home
   */
  Optional<String> erase(String home, String identifier, ErasureOrder order) {
    marks.learn(order);
    linksWith(home, identifier).forEach(links::remove);
    if (!home.equals(identifier)) {
      return Optional.empty();
    }
    Optional<IdentifierState> known = identifiers.find(identifier);
    if (known.isPresent()) {
      identifiers.remove(identifier);
    }
    return Optional.of(IdentifierHome.owner(known, identifier))
        .filter(owner -> !owner.equals(identifier));
  }

  private List<String> linksWith(String home, String identifier) {
    List<String> found = new ArrayList<>();
    try (KeyValueIterator<String, LinkState> rows =
        linkRows.range(Links.firstOf(home), Links.lastOf(home))) {
      rows.forEachRemaining(
          row -> {
            if (Links.isAbout(row.key, identifier)) {
              found.add(row.key);
            }
          });
    }
    return found;
  }

  /**
   * What a sighting still says; empty if its strongest identifier was erased.
   *
   * @param arrival of its event, milliseconds since the epoch
   */
  Optional<IdentifierSighting> remaining(IdentifierSighting sighting, long arrival) {
    List<Identifier> named = sighting.getIdentifiers();
    List<Identifier> left = named.stream().filter(each -> !isErased(each, arrival)).toList();
    if (left.size() == named.size()) {
      return Optional.of(sighting);
    }
    return left.contains(named.getFirst())
        ? Optional.of(
            new IdentifierSighting(
                left, sighting.getRelation(), sighting.getEvidence(), sighting.getAccounts()))
        : Optional.empty();
  }

  private boolean isErased(Identifier identifier, long arrival) {
    return marks.ofIdentifier(identifier.getId(), arrival).isPresent();
  }
}
