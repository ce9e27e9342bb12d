package io.millrace.cli.erase;

import io.millrace.app.ErasureWarehouse;
import io.millrace.app.OpenTopics;
import io.millrace.cli.Durations;
import io.millrace.cli.Say;
import io.millrace.erasure.ErasureCertificate;
import io.millrace.erasure.ErasureCertificate.Fate;
import io.millrace.erasure.ErasureCertificate.Place;
import io.millrace.erasure.ErasureTopics;
import io.millrace.erasure.WarehouseRows;
import io.millrace.flow.FlowSources;
import io.millrace.flow.MillraceTopology;
import io.millrace.flow.erase.ErasedPerson;
import io.millrace.flow.erase.ErasureWrites;
import io.millrace.flow.order.Deduplication;
import io.millrace.kafka.topic.Topic;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Model.CommandSpec;

/** Waits until nothing of a person is visible, and says what is true of every place. */
final class CertificateMaker {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  /** A changelog loses rows as compacted topics do; one of windows when its segments are gone. */
  private static final Duration MARGIN = Duration.ofDays(1);

  private final CommandSpec spec;
  private final OpenTopics topics;
  private final ErasureTopics known;
  private final Duration patience;

  CertificateMaker(CommandSpec spec, OpenTopics topics, ErasureTopics known, Duration patience) {
    this.spec = spec;
    this.topics = topics;
    this.known = known;
    this.patience = patience;
  }

  ErasureCertificate make(ErasedPerson person, ErasureWrites writes) {
    Map<Topic<?>, List<String>> rows = known.rowsOf(person);
    Set<String> visible = await(rows);
    List<String> removed = new ArrayList<>(rows.keySet().stream().map(Topic::name).toList());
    removed.removeAll(visible);
    List<Place> places =
        new ArrayList<>(
            ErasureCertificate.ofTopics(
                topics.declared(), writes.at(), removed, List.copyOf(visible)));
    places.addAll(warehouse(person));
    places.addAll(
        ErasureCertificate.ofSurroundings(
            writes.at(), MillraceTopology.longestInChangelogs(), eventIds()));
    return new ErasureCertificate(
        person.id(), writes.erasureId(), writes.at(), visible.isEmpty(), places);
  }

  private Duration eventIds() {
    Duration longest = FlowSources.of(topics.sources(), topics.rules()).longestDedupe();
    return Deduplication.retention(longest).plus(MARGIN);
  }

  private Set<String> await(Map<Topic<?>, List<String>> rows) {
    long deadline = System.nanoTime() + patience.toNanos();
    Set<String> told = Set.of();
    while (true) {
      Set<String> visible = known.visibleIn(rows);
      if (visible.isEmpty() || System.nanoTime() > deadline) {
        return visible;
      }
      if (!visible.equals(told)) {
        Say.to(
            spec,
            "Waiting up to %s for rows to go from %s"
                .formatted(Durations.inWords(patience), String.join(", ", visible)));
        told = visible;
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }

  /** One place for each table, or what somebody has to do. */
  private List<Place> warehouse(ErasedPerson person) {
    Optional<Map<String, Integer>> deleted;
    try {
      deleted = ErasureWarehouse.delete(topics.config().warehouse(), person);
    } catch (SQLException unreachable) {
      return byHand("the warehouse was not reached (" + unreachable.getMessage() + ")");
    }
    if (deleted.isEmpty()) {
      return byHand("the password of the warehouse is not known here");
    }
    List<Place> places = new ArrayList<>();
    deleted
        .get()
        .forEach(
            (table, count) ->
                places.add(
                    new Place(
                        "table " + table,
                        Fate.GONE,
                        Optional.empty(),
                        count + " rows were deleted")));
    return places;
  }

  private static List<Place> byHand(String why) {
    return WarehouseRows.tables().stream()
        .map(
            table ->
                new Place(
                    "table " + table,
                    Fate.TO_DO,
                    Optional.empty(),
                    why + ": run " + WarehouseRows.statement(table)))
        .toList();
  }
}
