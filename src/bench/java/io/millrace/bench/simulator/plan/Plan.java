package io.millrace.bench.simulator.plan;

import io.millrace.bench.simulator.life.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Everything that a run will send. Each lane sends its requests strictly one after the other, and a
 * customer belongs to one lane, so a record's events arrive in the planned order.
 */
public record Plan(Run run, List<PlannedRequest> requests) {

  public Plan {
    requests = List.copyOf(requests);
  }

  public List<PlannedRequest> lane(int lane) {
    return requests.stream().filter(request -> request.lane() == lane).toList();
  }

  public int lanes() {
    return requests.stream().mapToInt(PlannedRequest::lane).max().orElse(-1) + 1;
  }

  /** Events that the edge accepts if every request gets through once, including dead ones. */
  public int events() {
    return requests.stream()
        .filter(request -> request.kind().refusal().isEmpty())
        .mapToInt(PlannedRequest::parts)
        .sum();
  }

  /** Numbers the requests of all lanes by their due time. */
  static Plan of(Run run, List<List<Shipment>> lanes) {
    List<Placed> placed = new ArrayList<>();
    for (int lane = 0; lane < lanes.size(); lane++) {
      for (Shipment shipment : lanes.get(lane)) {
        placed.add(new Placed(lane, shipment));
      }
    }
    // Stable: requests with the same position in a lane keep their order.
    placed.sort(Comparator.comparingDouble(one -> one.shipment().position()));
    PlanNumbers numbers = new PlanNumbers();
    List<PlannedRequest> requests = new ArrayList<>();
    for (Placed one : placed) {
      requests.add(numbers.next(one.lane(), one.shipment()));
    }
    return new Plan(run, requests);
  }

  private record Placed(int lane, Shipment shipment) {}
}
