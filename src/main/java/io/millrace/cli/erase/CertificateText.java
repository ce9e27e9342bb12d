package io.millrace.cli.erase;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.cli.Table;
import io.millrace.erasure.ErasureCertificate;
import io.millrace.erasure.ErasureCertificate.Fate;
import io.millrace.erasure.ErasureCertificate.Place;
import io.millrace.flow.erase.ErasedPerson;
import io.millrace.model.EventKeys;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints what would be erased, and the certificate of what was. */
final class CertificateText {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private CertificateText() {}

  /** What is known of the person: every identifier and record. */
  static void person(ErasedPerson person, PrintWriter out) {
    out.printf(
        "Person %s%s%n",
        person.id(),
        person.isKnown()
            ? ""
            : ", whom the flow does not know: only what comes" + " from now on is suppressed");
    Map<String, String> shown = new TreeMap<>();
    person.identifierIds().forEach(id -> shown.put(id, "known by its id only"));
    person
        .identifiers()
        .forEach(
            each ->
                shown.put(
                    each.getId(),
                    each.getKind()
                        + (each.getSystem().isEmpty() ? "" : " of " + each.getSystem())
                        + " "
                        + each.getValue()));
    shown.forEach((id, words) -> out.printf("  identifier  %s  %s%n", id, words));
    person.records().forEach(record -> out.printf("  record      %s%n", EventKeys.record(record)));
  }

  static void print(ErasureCertificate certificate, PrintWriter out) {
    out.printf(
        "Erasure %s of person %s, ordered at %s%n",
        certificate.erasureId(), certificate.person(), certificate.at());
    Table table = new Table("PLACE", "STATE", "BY", "WHAT");
    for (Place place : certificate.places()) {
      table.row(
          place.name(),
          words(place.fate()),
          place.until().map(CertificateText::day).orElse(""),
          place.text());
    }
    table.print(out);
    out.println(
        certificate.isComplete()
            ? "ERASED: nothing of the person is visible in the flow any more"
            : "NOT YET ERASED: see UNDER WAY above");
  }

  static ObjectNode json(ErasureCertificate certificate) {
    ObjectNode json =
        MAPPER
            .createObjectNode()
            .put("erasure", certificate.erasureId())
            .put("person", certificate.person())
            .put("ordered_at", certificate.at().toString())
            .put("complete", certificate.isComplete());
    ArrayNode places = json.putArray("places");
    for (Place place : certificate.places()) {
      ObjectNode row = places.addObject().put("place", place.name());
      row.put("state", place.fate().name());
      place.until().ifPresent(until -> row.put("until", until.toString()));
      row.put("text", place.text());
    }
    return json;
  }

  private static String words(Fate fate) {
    return fate.name().replace('_', ' ').toUpperCase(Locale.ROOT);
  }

  /** The day after the last one, so that nobody counts hours. */
  private static String day(Instant until) {
    return until.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1).toString();
  }
}
