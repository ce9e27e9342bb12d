package io.millrace.erasure;

import static io.millrace.flow.testing.TestIdentifiers.email;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.audit.testing.MemoryTopics;
import io.millrace.erasure.ErasureCertificate.Fate;
import io.millrace.erasure.ErasureCertificate.Place;
import io.millrace.event.CrmContact;
import io.millrace.event.Erasure;
import io.millrace.event.ErasureOrder;
import io.millrace.event.Identifier;
import io.millrace.event.IdentityAssignment;
import io.millrace.event.IdentityDecision;
import io.millrace.event.LinkedIdentifier;
import io.millrace.event.Person;
import io.millrace.event.PersonIdentifier;
import io.millrace.flow.erase.ErasedPerson;
import io.millrace.flow.erase.ErasureWrites;
import io.millrace.flow.erase.ErasureWrites.Write;
import io.millrace.flow.erase.NamedPerson;
import io.millrace.flow.step.Topics;
import io.millrace.flow.testing.TestIdentifiers;
import io.millrace.identity.IdentifierIds;
import io.millrace.kafka.provision.TopicSettings;
import io.millrace.kafka.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErasureTest {
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-11-30");
  private static final Identifier ADA = email("ada@example.com");
  private static final Identifier OTHER = email("countess@example.com");
  private static final Identifier CONTACT = TestIdentifiers.of("contact", "crm", "101");
  private static final ErasureWrites WRITES =
      new ErasureWrites("E-1", NOW, "an officer", "asked for it");

  private final MemoryTopics topics = new MemoryTopics();

  @Test
  void findsThePersonByAnyIdentifier() {
    adaIsKnown();

    ErasedPerson found = look().find(named("countess@example.com"));

    assertThat(found.id()).isEqualTo(ADA.getId());
    assertThat(found.isKnown()).isTrue();
    assertThat(found.identifierIds())
        .containsExactlyInAnyOrder(ADA.getId(), OTHER.getId(), CONTACT.getId());
    assertThat(found.records())
        .extracting("type", "id")
        .containsExactly(org.assertj.core.api.Assertions.tuple("contact", "crm:101"));
  }

  @Test
  void erasesSomebodyTheFlowHasNotSeenYet() {
    ErasedPerson found = look().find(named("nobody@example.com"));

    assertThat(found.isKnown()).isFalse();
    assertThat(found.identifierIds()).containsExactly(email("nobody@example.com").getId());
    assertThat(WRITES.erase(found))
        .first()
        .satisfies(write -> assertThat(write.topic()).isEqualTo(Topics.ERASURES));
  }

  @Test
  void suppressesBeforeItRemoves() {
    adaIsKnown();

    List<Write<?>> writes = WRITES.erase(look().find(named("ada@example.com")));

    assertThat(writes.subList(0, 3)).allMatch(write -> write.topic().equals(Topics.ERASURES));
    assertThat(values(writes, Topics.ERASURES))
        .extracting(Erasure::getErasureId)
        .containsOnly("E-1");
    assertThat(values(writes, Topics.IDENTITY_DECISIONS))
        .extracting(IdentityDecision::getDecision)
        .containsExactly("ERASED", "ERASED", "ERASED");
    assertThat(values(writes, Topics.ERASE_RECORDS))
        .extracting(ErasureOrder::getSubject)
        .containsExactly("contact/crm:101");
    assertThat(keys(writes, Topics.ERASE_PEOPLE))
        .as("each at its home, and those of others at the person, too")
        .containsExactlyInAnyOrder(
            ADA.getId(), OTHER.getId(), ADA.getId(), CONTACT.getId(), ADA.getId());
    assertThat(writes)
        .filteredOn(write -> write.topic().equals(Topics.PEOPLE))
        .hasSize(3)
        .allMatch(write -> write.value().isEmpty());
  }

  @Test
  void writesNoValueOfAnIdentifierExceptInKeysOfRecords() {
    adaIsKnown();

    List<Write<?>> writes = WRITES.erase(look().find(named("ada@example.com")));

    assertThat(writes.toString()).doesNotContain("@example.com");
  }

  @Test
  void seesWhatIsStillVisible() {
    adaIsKnown();
    topics.add(Topics.CRM_CONTACTS, "crm:101", contact());
    ErasureTopics look = look();
    ErasedPerson ada = look.find(named("ada@example.com"));
    Map<Topic<?>, List<String>> rows = look.rowsOf(ada);

    assertThat(look.visibleIn(rows)).containsExactly("crm-contacts", "people");

    topics.add(Topics.PEOPLE, ADA.getId(), null);
    assertThat(look.visibleIn(rows)).containsExactly("crm-contacts");
    topics.add(Topics.CRM_CONTACTS, "crm:101", null);
    assertThat(look.visibleIn(rows)).isEmpty();
  }

  @Test
  void liftsAllThatWasErasedTogether() {
    adaIsKnown();
    for (Write<?> write : WRITES.erase(look().find(named("ada@example.com")))) {
      topics.add(write.topic(), write.key(), write.value().orElse(null));
    }
    topics.add(Topics.ERASURES, "x", new Erasure("x", "email", "E-2", NOW, "an officer", ""));

    ErasedPerson erased = look().erasedWith(OTHER.getId()).orElseThrow();
    List<Write<?>> lifted = WRITES.lift(erased);

    assertThat(erased.identifierIds())
        .containsExactlyInAnyOrder(ADA.getId(), OTHER.getId(), CONTACT.getId());
    assertThat(keys(lifted, Topics.ERASURES)).hasSize(3);
    assertThat(lifted)
        .filteredOn(write -> write.topic().equals(Topics.ERASURES))
        .allMatch(write -> write.value().isEmpty());
    assertThat(values(lifted, Topics.IDENTITY_DECISIONS))
        .extracting(IdentityDecision::getDecision)
        .containsOnly("WITHDRAWN");
    assertThat(look().erasedWith("nobody")).isEmpty();
  }

  @Test
  void namesADateForEverythingThatExpires() {
    TopicSettings declared = TopicSettings.load(Path.of("topology", "topics.yaml"));

    List<Place> places =
        ErasureCertificate.ofTopics(declared, NOW, List.of("people"), List.of("crm-leads"));

    assertThat(place(places, "people").fate()).isEqualTo(Fate.GONE);
    assertThat(place(places, "people").until()).contains(NOW.plus(Duration.ofDays(8)));
    assertThat(place(places, "crm-leads").fate()).isEqualTo(Fate.UNDER_WAY);
    assertThat(place(places, "deliveries-received").fate()).isEqualTo(Fate.EXPIRES);
    assertThat(place(places, "deliveries-received").until())
        .contains(NOW.plus(Duration.ofDays(29)));
    assertThat(place(places, "erasures").fate()).isEqualTo(Fate.KEPT);
  }

  @Test
  void readsHowOperatorsNamePeople() {
    assertThat(named("Ada@Example.COM").id()).isEqualTo(ADA.getId());
    assertThat(named("contact:crm:101").id()).isEqualTo(CONTACT.getId());
    assertThat(named("+49 30 901820").identifier().orElseThrow().getValue())
        .isEqualTo("+4930901820");
    assertThat(
            NamedPerson.read(
                ADA.getId(),
                () -> {
                  throw new IllegalStateException("no key");
                }))
        .contains(new NamedPerson(ADA.getId(), Optional.empty()));
    for (String nobody : List.of("", "ada", "@", "+49", "contact:crm:", "a b@example.com")) {
      assertThat(NamedPerson.read(nobody, ErasureTest::ids)).as(nobody).isEmpty();
    }
  }

  @Test
  void deletesInTheWarehouseByTheKeysOfItsTables() {
    adaIsKnown();

    assertThat(WarehouseRows.keys(look().find(named("ada@example.com"))))
        .contains(ADA.getId(), "person/" + OTHER.getId(), "contact/crm:101");
    assertThat(WarehouseRows.statement("engagement_batches"))
        .isEqualTo(
            "DELETE FROM engagement_batches USING (SELECT ?::text[] AS wanted) AS ids"
                + " WHERE person = ANY(ids.wanted)");
  }

  private void adaIsKnown() {
    for (Identifier each : List.of(ADA, OTHER, CONTACT)) {
      topics.add(Topics.IDENTITY_ASSIGNMENTS, each.getId(), assignment(each));
    }
    topics.add(
        Topics.PEOPLE,
        ADA.getId(),
        Person.newBuilder()
            .setPerson(ADA.getId())
            .setIdentifiers(List.of(known(ADA), known(OTHER), known(CONTACT)))
            .setFirstSeen(TODAY)
            .setLastSeen(TODAY)
            .build());
  }

  private static PersonIdentifier known(Identifier identifier) {
    return PersonIdentifier.newBuilder()
        .setIdentifier(identifier)
        .setFirstSeen(TODAY)
        .setLastSeen(TODAY)
        .build();
  }

  private static IdentityAssignment assignment(Identifier identifier) {
    return IdentityAssignment.newBuilder()
        .setIdentifier(
            new LinkedIdentifier(identifier.getId(), identifier.getKind(), identifier.getSystem()))
        .setOwner(ADA.getId())
        .setNumber(1)
        .setState("JOINED")
        .build();
  }

  private static CrmContact contact() {
    return CrmContact.newBuilder()
        .setId("crm:101")
        .setEmail("ada@example.com")
        .setFields(Map.of())
        .setSources(List.of("crm"))
        .setUpdatedAt(NOW)
        .build();
  }

  private ErasureTopics look() {
    return new ErasureTopics(
        topics.copy(), topics, Map.of("contact", Topics.CRM_CONTACTS, "lead", Topics.CRM_LEADS));
  }

  private static NamedPerson named(String text) {
    return NamedPerson.read(text, ErasureTest::ids).orElseThrow();
  }

  private static IdentifierIds ids() {
    return new IdentifierIds("a key of thirty-two bytes for us".getBytes(StandardCharsets.UTF_8));
  }

  private static Place place(List<Place> places, String name) {
    return places.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<String> keys(List<Write<?>> writes, Topic<?> topic) {
    return writes.stream()
        .filter(write -> write.topic().equals(topic))
        .<String>map(Write::key)
        .toList();
  }

  private static <V extends org.apache.avro.specific.SpecificRecord> List<V> values(
      List<Write<?>> writes, Topic<V> topic) {
    return writes.stream()
        .filter(write -> write.topic().equals(topic))
        .flatMap(write -> write.value().stream())
        .map(topic.valueType()::cast)
        .toList();
  }
}
