package io.millrace.cli;

import io.millrace.console.EdgeView;
import io.millrace.console.SeenDelivery;
import io.millrace.console.SeenSource;
import io.millrace.edge.Edge;
import io.millrace.edge.InspectedDelivery;
import io.millrace.source.Source;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Fills the console's port with what the edge of this process kept. */
record InspectedDeliveries(Edge edge) implements EdgeView {

  @Override
  public Stream<SeenDelivery> deliveries() {
    return edge.inspector().newestFirst().map(InspectedDeliveries::seen);
  }

  @Override
  public Optional<SeenDelivery> delivery(String id) {
    return edge.inspector().find(id).map(InspectedDeliveries::seen);
  }

  @Override
  public List<SeenSource> sources() {
    return edge.sources().stream().map(InspectedDeliveries::seen).toList();
  }

  private static SeenSource seen(Source source) {
    return new SeenSource(
        source.name(), source.provider().name(), source.publicUrl(), source.staging());
  }

  private static SeenDelivery seen(InspectedDelivery inspected) {
    InspectedDelivery.Verdict verdict = inspected.verdict();
    return new SeenDelivery(
        inspected.id(),
        inspected.source(),
        inspected.receivedAt(),
        inspected.remoteAddress(),
        inspected.method(),
        inspected.result().name().toLowerCase(Locale.ROOT),
        inspected.status(),
        new SeenDelivery.Verdict(
            verdict.reason(), verdict.explanation(), verdict.assurance(), verdict.secret()),
        inspected.deliveryId(),
        inspected.bodyBytes(),
        inspected.truncated(),
        () -> seen(inspected.content().get()));
  }

  private static SeenDelivery.Content seen(InspectedDelivery.Content content) {
    return new SeenDelivery.Content(content.url(), content.headers(), content.body());
  }
}
