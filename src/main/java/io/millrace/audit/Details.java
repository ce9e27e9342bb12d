package io.millrace.audit;

import io.millrace.event.Lineage;
import io.millrace.flow.DeliveryNormalizer;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.read.RecordsByPlace;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes findings of discrepancies: reads the affected records again for their details. */
final class Details {
  private final Accounts accounts;
  private final RecordsByPlace records;
  private final DeliveryNormalizer normalizer;

  Details(Accounts accounts, RecordsByPlace records, DeliveryNormalizer normalizer) {
    this.accounts = accounts;
    this.records = records;
    this.normalizer = normalizer;
  }

  Finding of(Discrepancy discrepancy) {
    Optional<EventDescription> delivered = discrepancy.part().flatMap(this::delivered);
    Optional<EventDescription> recorded =
        discrepancy.kind() == Finding.Kind.FOREIGN
            ? Optional.empty()
            : recorded(discrepancy.position());
    Optional<EventDescription> named = recorded.or(() -> delivered);
    return new Finding(
        discrepancy.kind(),
        discrepancy.part().map(this::source).or(() -> named.map(EventDescription::source)),
        discrepancy
            .part()
            .map(this::arrival)
            .or(() -> named.map(EventDescription::receivedAt))
            .map(time -> time.truncatedTo(ChronoUnit.HOURS)),
        named.flatMap(EventDescription::name),
        named.map(described -> described.lineage().getDeliveryId()),
        places(discrepancy, recorded),
        text(discrepancy, delivered, recorded));
  }

  private static String text(
      Discrepancy discrepancy,
      Optional<EventDescription> delivered,
      Optional<EventDescription> recorded) {
    List<String> differences =
        recorded.isPresent() && delivered.isPresent()
            ? recorded.get().differences(delivered.get())
            : List.of();
    String meaning = discrepancy.kind().meaning();
    return differences.isEmpty()
        ? meaning
        : meaning + " Here: " + String.join("; ", differences) + ".";
  }

  private List<Place> places(Discrepancy discrepancy, Optional<EventDescription> recorded) {
    List<Place> places = new ArrayList<>();
    discrepancy
        .part()
        .map(this::place)
        .or(() -> recorded.map(described -> place(described.lineage())))
        .filter(place -> place.partition() >= 0)
        .ifPresent(places::add);
    for (long position : new long[] {discrepancy.other(), discrepancy.position()}) {
      if (position != Position.NONE) {
        places.add(Position.place(position));
      }
    }
    return places;
  }

  /** The event of a part of a delivery, as normalized today. */
  private Optional<EventDescription> delivered(Part part) {
    PartitionAccounts own = accounts.partition(part);
    int delivery = own.deliveryOf(part.slot());
    long offset = own.offset(delivery);
    int number = part.slot() - own.firstSlot(delivery);
    return records
        .at(Topics.DELIVERIES_RECEIVED, part.partition(), offset)
        .flatMap(
            found ->
                normalizer.normalize(found, part.partition(), offset).stream()
                    .skip(number)
                    .findFirst()
                    .map(each -> EventDescription.of(found, each)));
  }

  private Optional<EventDescription> recorded(long position) {
    if (position == Position.NONE) {
      return Optional.empty();
    }
    int partition = Position.partition(position);
    long offset = Position.offset(position);
    return switch (Position.outcome(position)) {
      case ORDERED ->
          records.at(Topics.EVENTS_ORDERED, partition, offset).map(EventDescription::of);
      case LATE -> records.at(Topics.EVENTS_LATE, partition, offset).map(EventDescription::of);
      case DUPLICATE ->
          records.at(Topics.EVENTS_DUPLICATE, partition, offset).map(EventDescription::of);
      case DEAD -> records.at(Topics.DEAD_LETTERS, partition, offset).map(EventDescription::of);
      case SUPPRESSED ->
          records.at(Topics.EVENTS_SUPPRESSED, partition, offset).map(EventDescription::of);
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
