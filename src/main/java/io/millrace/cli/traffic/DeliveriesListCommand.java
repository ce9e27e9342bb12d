package io.millrace.cli.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.Exit;
import io.millrace.cli.Table;
import io.millrace.cli.Terminal;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the latest deliveries, newest first. */
@Command(
    name = "list",
    description = "Lists the latest deliveries, verified or not, newest first.",
    mixinStandardHelpOptions = true,
    footer = {"%nExit code 0: some were found, 1: none."})
final class DeliveriesListCommand implements Callable<Integer> {
  @Mixin private ConsoleOptions options = new ConsoleOptions();
  @Mixin private DeliveryConditions conditions = new DeliveryConditions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Maximum number of deliveries (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(names = "--json", description = "Print one JSON object per line.")
  private boolean json;

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    List<JsonNode> found;
    try (ConsoleClient console = options.connect()) {
      found = console.deliveries(conditions.parameters(), limit);
    }
    PrintWriter out = Terminal.out(spec);
    if (json) {
      found.forEach(out::println);
    } else if (found.isEmpty()) {
      out.println("No matching delivery is kept.");
    } else {
      Table table = new Table("ID", "RECEIVED", "SOURCE", "STATUS", "OUTCOME", "BYTES", "FROM");
      found.forEach(delivery -> row(delivery, table));
      table.print(out);
    }
    out.flush();
    return found.isEmpty() ? Exit.NO : Exit.DONE;
  }

  private static void row(JsonNode delivery, Table table) {
    table.row(
        delivery.path("id").asText(),
        delivery.path("received_at").asText(),
        delivery.path("source").asText(),
        delivery.path("status").asText(),
        delivery.path("reason").asText(delivery.path("outcome").asText()),
        delivery.path("body_bytes").asText(),
        delivery.path("remote_address").asText());
  }
}
