package io.millrace.cli.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.app.Exit;
import io.millrace.cli.SafeText;
import io.millrace.cli.Table;
import io.millrace.cli.Terminal;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the details of one delivery. */
@Command(
    name = "show",
    description = "Shows one delivery in full, with secrets masked, and the reason for its answer.",
    mixinStandardHelpOptions = true,
    footer = {"%nExit code 0: it is shown, 1: it is not kept."})
final class DeliveriesShowCommand implements Callable<Integer> {
  @Mixin private ConsoleOptions options = new ConsoleOptions();

  @Parameters(paramLabel = "ID", description = "An id from `deliveries list`, or a delivery id.")
  private String id = "";

  @Option(names = "--json", description = "Print it as one JSON object.")
  private boolean json;

  // Picocli puts the real one in its place.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = Terminal.out(spec);
    try (ConsoleClient console = options.connect()) {
      int exit =
          console
              .delivery(id)
              .map(delivery -> print(delivery, out))
              .orElseGet(
                  () -> {
                    out.println(
                        "No delivery "
                            + id
                            + " is kept: it is too old, or another edge received it.");
                    return Exit.NO;
                  });
      out.flush();
      return exit;
    }
  }

  private int print(JsonNode delivery, PrintWriter out) {
    if (json) {
      out.println(delivery);
      return Exit.DONE;
    }
    Table facts = new Table();
    for (String name :
        new String[] {
          "id",
          "source",
          "received_at",
          "remote_address",
          "outcome",
          "status",
          "reason",
          "explanation",
          "assurance",
          "secret",
          "delivery_id",
          "body_bytes"
        }) {
      if (delivery.hasNonNull(name)) {
        facts.row(name, delivery.path(name).asText());
      }
    }
    facts.print(out);
    out.println();
    out.println(
        SafeText.line(delivery.path("method").asText() + " " + delivery.path("url").asText()));
    for (Map.Entry<String, JsonNode> header : delivery.path("headers").properties()) {
      header
          .getValue()
          .forEach(value -> out.println(SafeText.line(header.getKey() + ": " + value.asText())));
    }
    out.println();
    out.println(
        delivery.path("body").isTextual()
            ? delivery.path("body").asText()
            : "(not text; in base64:) " + delivery.path("body_base64").asText());
    if (delivery.path("truncated").asBoolean()) {
      out.println("(truncated: the rest of the body was not read or is not kept)");
    }
    return Exit.DONE;
  }
}
