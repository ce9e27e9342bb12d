package io.millrace.bench.ledger;

import io.millrace.bench.simulator.journal.Attempt;
import io.millrace.bench.simulator.plan.PlannedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares the edge's answers with the expected ones. */
final class Answered {
  private final List<Figure> refusals = new ArrayList<>();

  Answered(
      List<PlannedRequest> requests,
      Deliveries deliveries,
      SourceTallies expected,
      SourceTallies counted,
      Findings findings) {
    Map<String, long[]> byReason = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    for (PlannedRequest request : requests) {
      String due = request.kind().refusal().map(Enum::name).orElse("");
      Optional<Attempt.Answer> answer = deliveries.lastAnswer(request);
      String given = answer.map(Answered::reason).orElse("");
      if (!due.isEmpty()) {
        expected.of(request.source()).refused++;
        byReason.computeIfAbsent(due, any -> new long[2])[0]++;
      }
      if (!given.isEmpty()) {
        counted.of(request.source()).refused++;
        byReason.computeIfAbsent(given, any -> new long[2])[1]++;
      }
      if (answer.isPresent() && !due.equals(given)) {
        wrong.add(
            "request %d to %s (%s) was answered '%s' instead of '%s'"
                .formatted(request.index(), request.source(), request.kind(), given, due));
      }
    }
    byReason.forEach((reason, counts) -> refusals.add(Figure.equal(reason, counts[0], counts[1])));
    findings.none("requests got an unexpected answer", wrong);
  }

  List<Figure> refusals() {
    return refusals;
  }

  private static String reason(Attempt.Answer answer) {
    if (answer.accepted()) {
      return "";
    }
    return answer.reason().isEmpty() ? "status " + answer.status() : answer.reason();
  }
}
