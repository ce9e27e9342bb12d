package io.millrace.bench.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Everything a run will send. Each lane is sent strictly one request after the other and a customer
 * belongs to one lane, so the planned order of a record's events is the order they arrive in.
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

  /** Events the edge is to accept if every request gets through once, dead ones included. */
  public int events() {
    return requests.stream()
        .filter(request -> request.kind().refusal().isEmpty())
        .mapToInt(PlannedRequest::parts)
        .sum();
  }

  /** Numbers the requests of all lanes by the time they are due. */
  static Plan of(Run run, List<List<Shipment>> lanes) {
    List<Placed> placed = new ArrayList<>();
    for (int lane = 0; lane < lanes.size(); lane++) {
      for (Shipment shipment : lanes.get(lane)) {
        placed.add(new Placed(lane, shipment));
      }
    }
    // Stable: what has the same position in a lane keeps its order.
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
