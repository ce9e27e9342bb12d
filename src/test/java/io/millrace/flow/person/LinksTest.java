package io.millrace.flow.person;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Identifier;
import io.millrace.event.IdentityEvidence;
import io.millrace.event.IdentityLink;
import io.millrace.event.LinkState;
import io.millrace.identity.IdentityRules;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LinksTest {
  private static final IdentityRules RULES = IdentityRules.load(Path.of("topology", "rules"));
  private static final Identifier EMAIL = new Identifier("e", "email", "", "ann@example.com");
  private static final Identifier PHONE = new Identifier("p", "phone", "", "+4930123456");
  private static final Identifier COOKIE = new Identifier("c", "anonymous", "site", "1f");
  private static final Identifier ROLE = new Identifier("i", "email", "", "info@example.com");
  private static final Identifier BADGE = new Identifier("b", "badge", "door", "7");
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

  private final Map<String, LinkState> rows = new HashMap<>();

  @Test
  void linksEveryPairAndTellsTheOthers() {
    List<Links.Change> changes = name(naming("1", 0, EMAIL, PHONE, COOKIE));

    assertThat(changes).extracting(Links.Change::key).containsExactly("e|e|p", "e|c|e", "e|c|p");
    assertThat(changes)
        .extracting(change -> change.link().map(Links::key))
        .containsExactly(Optional.of("e|p"), Optional.of("c|e"), Optional.of("c|p"));
    assertThat(changes)
        .extracting(Links.Change::told)
        .as("only the home of the strongest tells")
        .containsExactly(Optional.of(PHONE), Optional.of(COOKIE), Optional.empty());
  }

  @Test
  void linksNeitherWhatIsNotListedNorWhatNeverJoins() {
    assertThat(name(naming("1", 0, EMAIL, ROLE, BADGE, EMAIL))).isEmpty();
  }

  @Test
  void changesNothingOnTheSameDay() {
    name(naming("1", 0, EMAIL, PHONE));

    assertThat(name(naming("2", 0, EMAIL, PHONE))).isEmpty();
  }

  @Test
  void tellsOtherDaysWithoutAnnouncingTheLinkAgain() {
    name(naming("1", 0, EMAIL, PHONE));

    assertThat(name(naming("2", 1, EMAIL, PHONE)))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.link()).isEmpty();
              assertThat(change.told()).contains(PHONE);
            });
    assertThat(name(naming("3", 1, EMAIL, PHONE))).isEmpty();
  }

  @Test
  void announcesEarlierEvidenceAndAMerge() {
    name(naming("1", 0, EMAIL, PHONE));

    assertThat(links(name(naming("2", -1, EMAIL, PHONE))))
        .extracting(link -> link.getEvidence().getEventId())
        .containsExactly("2");
    assertThat(links(name(merged("3", 0, EMAIL, PHONE))))
        .as("the earliest evidence stays")
        .containsExactly(
            new IdentityLink(
                Naming.linked(EMAIL),
                Naming.linked(PHONE),
                Naming.MERGED,
                naming("2", -1, EMAIL).evidence()));
    assertThat(name(naming("4", 0, EMAIL, PHONE))).isEmpty();
  }

  @Test
  void endsWithTheSameRowsInEveryOrder() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Naming> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int day = random.nextInt(4) - 2;
      all.add(
          random.nextInt(5) == 0
              ? merged("e" + i, day, EMAIL, PHONE)
              : naming("e" + i, day, EMAIL, PHONE, COOKIE));
    }
    all.forEach(this::name);
    Map<String, LinkState> first = Map.copyOf(rows);
    for (int i = 0; i < 20; i++) {
      rows.clear();
      Collections.shuffle(all, random);
      all.forEach(this::name);
      assertThat(rows.get("e|e|p")).as("seed %d", seed).isEqualTo(first.get("e|e|p"));
      assertThat(rows.get("e|c|e")).as("seed %d", seed).isEqualTo(first.get("e|c|e"));
    }
  }

  @Test
  void linksNoMoreThanItsBoundOfOneEvent() {
    Identifier[] many =
        IntStream.range(0, 100)
            .mapToObj(i -> new Identifier("x" + i, "anonymous", "site", "" + i))
            .toArray(Identifier[]::new);

    int most = Links.MOST_LINKED;
    assertThat(name(naming("1", 0, many))).hasSize(most * (most - 1) / 2);
  }

  private List<Links.Change> name(Naming naming) {
    List<Links.Change> changes =
        Links.changes(naming, RULES, key -> Optional.ofNullable(rows.get(key)));
    changes.forEach(change -> rows.put(change.key(), change.state()));
    return changes;
  }

  private static List<IdentityLink> links(List<Links.Change> changes) {
    return changes.stream().flatMap(change -> change.link().stream()).toList();
  }

  private static Naming naming(String event, int day, Identifier... named) {
    return naming(event, day, Naming.NAMED, named);
  }

  private static Naming merged(String event, int day, Identifier... named) {
    return naming(event, day, Naming.MERGED, named);
  }

  private static Naming naming(String event, int day, String relation, Identifier... named) {
    Instant at = Instant.parse("2026-03-02T12:00:00Z").plusSeconds(86_400L * day);
    return new Naming(
        List.of(named),
        List.of(),
        relation,
        new IdentityEvidence("crm", event, "form.submitted", at),
        MONDAY.plusDays(day));
  }
}
