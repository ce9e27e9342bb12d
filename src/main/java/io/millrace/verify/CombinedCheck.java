package io.millrace.verify;

import io.millrace.model.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Combines the verdicts of several schemes. */
final class CombinedCheck {
  /** Reasons by how close a refused request came to passing, closest first. */
  private static final List<Reason> NEARNESS =
      List.of(
          Reason.STALE,
          Reason.BAD_SIGNATURE,
          Reason.NO_SECRET,
          Reason.MISSING_TIMESTAMP,
          Reason.MALFORMED,
          Reason.MISSING_SIGNATURE);

  private CombinedCheck() {}

  /** A scheme and its verdict. */
  record Judged(String name, Verdict verdict) {}

  static Verdict verdict(
      CombinedVerification.Need need, List<Judged> judged, Consumer<String> steps) {
    judged.forEach(each -> steps.accept(each.name() + ": " + outcome(each.verdict())));
    List<Verdict.Verified> passed =
        judged.stream()
            .map(Judged::verdict)
            .filter(Verdict.Verified.class::isInstance)
            .map(Verdict.Verified.class::cast)
            .toList();
    boolean enough =
        need == CombinedVerification.Need.ALL ? passed.size() == judged.size() : !passed.isEmpty();
    return enough
        ? passed.stream().min(Comparator.comparing(Verdict.Verified::assurance)).orElseThrow()
        : refusal(need, judged);
  }

  private static Verdict refusal(CombinedVerification.Need need, List<Judged> judged) {
    List<Judged> refused =
        judged.stream().filter(each -> each.verdict() instanceof Verdict.Refused).toList();
    Judged telling =
        need == CombinedVerification.Need.ALL
            ? refused.getFirst()
            : refused.stream().min(Comparator.comparingInt(CombinedCheck::nearness)).orElseThrow();
    Verdict.Refused why = (Verdict.Refused) telling.verdict();
    String opening =
        need == CombinedVerification.Need.ALL
            ? "All " + judged.size() + " verification schemes have to pass, and "
            : "None of the " + judged.size() + " verification schemes passed; the closest one, ";
    return new Verdict.Refused(
        why.reason(),
        opening
            + telling.name()
            + (need == CombinedVerification.Need.ALL ? " did not: " : ": ")
            + why.explanation());
  }

  private static int nearness(Judged judged) {
    int place =
        judged.verdict() instanceof Verdict.Refused refused
            ? NEARNESS.indexOf(refused.reason())
            : -1;
    return place < 0 ? NEARNESS.size() : place;
  }

  private static String outcome(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Verified verified -> "OK";
      case Verdict.Refused refused -> refused.reason().name();
    };
  }
}
