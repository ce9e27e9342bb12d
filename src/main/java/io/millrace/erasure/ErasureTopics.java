package io.millrace.erasure;

import io.millrace.event.Erasure;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.Person;
import io.millrace.event.RecordRef;
import io.millrace.flow.erase.ErasedPerson;
import io.millrace.flow.erase.ErasureWrites;
import io.millrace.flow.erase.NamedPerson;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.read.TopicReader;
import io.millrace.kafka.topic.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** What the topics say of a person. Not thread-safe. */
public final class ErasureTopics {
  private final TopicReader topics;
  private final TopicReader watched;
  private final Map<String, Topic<?>> records;
  private final Map<String, Set<String>> visible = new HashMap<>();

  /**
   * Reads nothing yet.
   *
   * @param topics for the one look at who the person is
   * @param watched for the rows that must go; every look at them reads on
   * @param records the topics with the current state of records, by type
   */
  public ErasureTopics(TopicReader topics, TopicReader watched, Map<String, Topic<?>> records) {
    this.topics = topics;
    this.watched = watched;
    this.records = Map.copyOf(records);
  }

  /** The person that an operator named: the one that the identifier belongs to by now. */
  public ErasedPerson find(NamedPerson named) {
    String owner =
        last(Topics.IDENTITY_ASSIGNMENTS, Set.of(named.id())).values().stream()
            .map(IdentityAssignment::getOwner)
            .findFirst()
            .orElse(named.id());
    Optional<Person> row = Optional.ofNullable(last(Topics.PEOPLE, Set.of(owner)).get(owner));
    return ErasedPerson.of(named, owner, row);
  }

  /**
   * All that was erased together with an identifier.
   *
   * @return empty if it is not erased
   */
  public Optional<ErasedPerson> erasedWith(String identifierId) {
    Map<String, Erasure> all = new LinkedHashMap<>();
    read(Topics.ERASURES, key -> true, all);
    return Optional.ofNullable(all.get(identifierId))
        .map(
            found -> {
              Set<String> ids = new LinkedHashSet<>();
              all.forEach(
                  (id, erasure) -> {
                    if (erasure.getErasureId().equals(found.getErasureId())) {
                      ids.add(id);
                    }
                  });
              return new ErasedPerson(identifierId, true, ids, List.of());
            });
  }

  /** The compacted topics that can have rows of a person, and the keys of those. */
  public Map<Topic<?>, List<String>> rowsOf(ErasedPerson person) {
    Map<Topic<?>, List<String>> rows = new LinkedHashMap<>(ErasureWrites.tombstones(person));
    for (RecordRef record : person.records()) {
      Topic<?> topic = records.get(record.getType());
      if (topic != null) {
        rows.merge(topic, List.of(record.getId()), ErasureTopics::both);
      }
    }
    return rows;
  }

  private static List<String> both(List<String> some, List<String> more) {
    Set<String> all = new LinkedHashSet<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }

  /** The topics in which one of these rows is visible now. */
  public Set<String> visibleIn(Map<Topic<?>, List<String>> rows) {
    Set<String> found = new TreeSet<>();
    rows.forEach(
        (topic, keys) -> {
          if (anyVisible(topic, new HashSet<>(keys))) {
            found.add(topic.name());
          }
        });
    return found;
  }

  private <V extends SpecificRecord> boolean anyVisible(Topic<V> topic, Set<String> keys) {
    Set<String> known = visible.computeIfAbsent(topic.name(), added -> new HashSet<>());
    watched.read(
        topic,
        (key, value, partition, offset) -> {
          if (keys.contains(key)) {
            if (value.isPresent()) {
              known.add(key);
            } else {
              known.remove(key);
            }
          }
        });
    return !known.isEmpty();
  }

  private <V extends SpecificRecord> Map<String, V> last(Topic<V> topic, Collection<String> keys) {
    Map<String, V> found = new HashMap<>();
    read(topic, keys::contains, found);
    return found;
  }

  private <V extends SpecificRecord> void read(
      Topic<V> topic, Predicate<String> wanted, Map<String, V> found) {
    topics.read(
        topic,
        (key, value, partition, offset) -> {
          if (wanted.test(key)) {
            value.ifPresentOrElse(present -> found.put(key, present), () -> found.remove(key));
          }
        });
  }
}
