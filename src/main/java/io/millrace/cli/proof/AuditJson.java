package io.millrace.cli.proof;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.audit.AuditReport;
import io.millrace.audit.Finding;
import io.millrace.audit.HourCounts;
import io.millrace.audit.Place;

/** An audit's report as JSON, for monitoring. */
final class AuditJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private AuditJson() {}

  static ObjectNode of(AuditReport report) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("verdict", report.verdict().name());
    report.extent().earliest().ifPresent(time -> json.put("earliest", time.toString()));
    report.extent().latest().ifPresent(time -> json.put("latest", time.toString()));
    ObjectNode ends = json.putObject("deliveries_read_to");
    report.extent().ends().forEach((partition, end) -> ends.put(partition.toString(), end));
    json.set("total", counts(report.total()));
    ArrayNode hours = json.putArray("hours");
    for (HourCounts hour : report.hours()) {
      ObjectNode row = hours.addObject().put("source", hour.source());
      row.put("hour", hour.hour().toString()).setAll(counts(hour));
    }
    ObjectNode kinds = json.putObject("findings_by_kind");
    report.counts().forEach((kind, count) -> kinds.put(kind.name(), count));
    ArrayNode findings = json.putArray("findings");
    report.findings().forEach(finding -> findings.add(finding(finding)));
    ArrayNode behind = json.putArray("under_way");
    report.behind().forEach(behind::add);
    json.put("raised", report.excluded().raised());
    json.put("beyond_retention", report.excluded().expired());
    json.put("after_begin", report.excluded().later());
    return json;
  }

  private static ObjectNode counts(HourCounts of) {
    return MAPPER
        .createObjectNode()
        .put("deliveries", of.deliveries())
        .put("accepted", of.accepted())
        .put("ordered", of.ordered())
        .put("late", of.late())
        .put("duplicate", of.duplicate())
        .put("dead", of.dead())
        .put("nothing", of.nothing())
        .put("suppressed", of.suppressed())
        .put("waiting", of.waiting())
        .put("under_way", of.underWay())
        .put("missing", of.missing())
        .put("doubled", of.doubled());
  }

  private static ObjectNode finding(Finding finding) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("kind", finding.kind().name()).put("wrong", finding.kind().isWrong());
    finding.source().ifPresent(source -> json.put("source", source));
    finding.hour().ifPresent(hour -> json.put("hour", hour.toString()));
    finding
        .event()
        .ifPresent(
            event ->
                json.put("event_id", event.eventId())
                    .put("event_type", event.eventType())
                    .put("record", event.record()));
    finding.deliveryId().ifPresent(id -> json.put("delivery_id", id));
    ArrayNode places = json.putArray("places");
    for (Place place : finding.places()) {
      places
          .addObject()
          .put("topic", place.topic())
          .put("partition", place.partition())
          .put("offset", place.offset());
    }
    return json.put("text", finding.text());
  }
}
