package io.millrace.stack.ledger;

import java.util.List;

/**
 * A table of the warehouse and the topic it copies.
 *
 * @param idColumn the column that identifies a row
 */
public record WarehouseTable(String table, String topic, String idColumn) {

  /** The tables the connectors of the embedded stack fill. */
  public static List<WarehouseTable> all() {
    return List.of(
        new WarehouseTable("crm_leads", "crm-leads", "id"),
        new WarehouseTable("crm_contacts", "crm-contacts", "id"),
        new WarehouseTable("crm_deals", "crm-deals", "id"),
        new WarehouseTable("crm_accounts", "crm-accounts", "id"),
        new WarehouseTable("engagement_batches", "engagement-batches", "batch_id"),
        new WarehouseTable("lead_scores", "lead-scores", "person"));
  }
}
