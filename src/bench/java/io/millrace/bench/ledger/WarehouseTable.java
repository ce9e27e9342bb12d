package io.millrace.bench.ledger;

import java.util.List;

/**
 * A table of the warehouse and the topic it copies.
 *
 * @param idColumns the columns that together identify a row
 */
public record WarehouseTable(String table, String topic, List<String> idColumns) {
  /** A record's position in its topic, which identifies a row of a table of facts. */
  private static final List<String> PLACE = List.of("__connect_partition", "__connect_offset");

  public WarehouseTable {
    idColumns = List.copyOf(idColumns);
  }

  /** The tables the connectors of the embedded stack fill. */
  public static List<WarehouseTable> all() {
    return List.of(
        new WarehouseTable("crm_leads", "crm-leads", List.of("id")),
        new WarehouseTable("crm_contacts", "crm-contacts", List.of("id")),
        new WarehouseTable("crm_deals", "crm-deals", List.of("id")),
        new WarehouseTable("crm_accounts", "crm-accounts", List.of("id")),
        new WarehouseTable("events_ordered", "events-ordered", PLACE),
        new WarehouseTable("engagement_batches", "engagement-batches", PLACE),
        new WarehouseTable("signals_detected", "signals-detected", PLACE),
        new WarehouseTable("lead_scores_changed", "lead-scores-changed", PLACE),
        new WarehouseTable("lead_scores", "lead-scores", List.of("person")));
  }
}
