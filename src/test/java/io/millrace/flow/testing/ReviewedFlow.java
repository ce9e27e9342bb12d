package io.millrace.flow.testing;

import io.millrace.flow.MillraceTopology;
import io.millrace.flow.TopologyGoldenTest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.TopologyDescription;

/** The flow as {@code topology.txt} has it, for those who draw it. */
public final class ReviewedFlow {
  private ReviewedFlow() {}

  /** Every role by its name, in the order of the flow. */
  public static Map<String, TopologyDescription> roles() {
    MillraceTopology flow = TopologyGoldenTest.topology();
    Map<String, TopologyDescription> roles = new LinkedHashMap<>();
    roles.put("normalize", flow.normalize().describe());
    roles.put("records", flow.records().describe());
    roles.put("engagement", flow.engagement().describe());
    roles.put("identity", flow.identity().describe());
    roles.put("accounts", flow.accounts().describe());
    return roles;
  }
}
