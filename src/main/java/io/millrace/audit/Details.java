package io.millrace.audit;

import io.millrace.event.Lineage;
import io.millrace.kafka.RecordsByPlace;
import io.millrace.stream.DeliveryNormalizer;
import io.millrace.stream.Topics;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes findings of suspicions: reads the records concerned again, to name what they hold. */
final class Details {
  private final Accounts accounts;
  private final RecordsByPlace records;
  private final DeliveryNormalizer normalizer;

  Details(Accounts accounts, RecordsByPlace records, DeliveryNormalizer normalizer) {
    this.accounts = accounts;
    this.records = records;
    this.normalizer = normalizer;
  }

  Finding of(Suspicion suspicion) {
    Optional<Said> delivered = suspicion.part().flatMap(this::delivered);
    Optional<Said> claimed =
        suspicion.kind() == Finding.Kind.FOREIGN ? Optional.empty() : claimed(suspicion.position());
    Optional<Said> named = claimed.or(() -> delivered);
    return new Finding(
        suspicion.kind(),
        suspicion.part().map(this::source).or(() -> named.map(Said::source)),
        suspicion
            .part()
            .map(this::arrival)
            .or(() -> named.map(Said::receivedAt))
            .map(time -> time.truncatedTo(ChronoUnit.HOURS)),
        named.flatMap(Said::name),
        named.map(said -> said.lineage().getDeliveryId()),
        places(suspicion, claimed),
        text(suspicion, delivered, claimed));
  }

  private static String text(
      Suspicion suspicion, Optional<Said> delivered, Optional<Said> claimed) {
    List<String> differences =
        claimed.isPresent() && delivered.isPresent()
            ? claimed.get().differences(delivered.get())
            : List.of();
    String meaning = suspicion.kind().meaning();
    return differences.isEmpty()
        ? meaning
        : meaning + " Here: " + String.join("; ", differences) + ".";
  }

  private List<Place> places(Suspicion suspicion, Optional<Said> claimed) {
    List<Place> places = new ArrayList<>();
    suspicion
        .part()
        .map(this::place)
        .or(() -> claimed.map(said -> place(said.lineage())))
        .filter(place -> place.partition() >= 0)
        .ifPresent(places::add);
    for (long position : new long[] {suspicion.other(), suspicion.position()}) {
      if (position != Position.NONE) {
        places.add(Position.place(position));
      }
    }
    return places;
  }

  /** What a part of a delivery says today. */
  private Optional<Said> delivered(Part part) {
    PartitionAccounts own = accounts.partition(part);
    int delivery = own.deliveryOf(part.slot());
    long offset = own.offset(delivery);
    int number = part.slot() - own.firstSlot(delivery);
    return records
        .at(Topics.DELIVERIES_RECEIVED, part.partition(), offset)
        .map(found -> normalizer.normalize(found, part.partition(), offset))
        .filter(parts -> number < parts.size())
        .map(parts -> Said.by(parts.get(number)));
  }

  private Optional<Said> claimed(long position) {
    if (position == Position.NONE) {
      return Optional.empty();
    }
    int partition = Position.partition(position);
    long offset = Position.offset(position);
    return switch (Position.outcome(position)) {
      case ORDERED -> records.at(Topics.EVENTS_ORDERED, partition, offset).map(Said::by);
      case LATE -> records.at(Topics.EVENTS_LATE, partition, offset).map(Said::by);
      case DUPLICATE -> records.at(Topics.EVENTS_DUPLICATE, partition, offset).map(Said::by);
      case DEAD -> records.at(Topics.DEAD_LETTERS, partition, offset).map(Said::by);
    };
  }

  private String source(Part part) {
    PartitionAccounts own = accounts.partition(part);
    return accounts.source(own.source(own.deliveryOf(part.slot())));
  }

  private Instant arrival(Part part) {
    PartitionAccounts own = accounts.partition(part);
    return own.arrival(own.deliveryOf(part.slot()));
  }

  private Place place(Part part) {
    PartitionAccounts own = accounts.partition(part);
    return Place.ofDelivery(part.partition(), own.offset(own.deliveryOf(part.slot())));
  }

  private static Place place(Lineage lineage) {
    return Place.ofDelivery(lineage.getPartition(), lineage.getOffset());
  }
}
