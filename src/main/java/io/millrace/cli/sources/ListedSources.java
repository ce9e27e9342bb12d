package io.millrace.cli.sources;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.cli.Durations;
import io.millrace.cli.Table;
import io.millrace.source.Source;
import io.millrace.source.Sources;
import io.millrace.yaml.Fault;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The connected sources as {@code sources list} shows them. */
final class ListedSources {
  private ListedSources() {}

  static void print(Path directory, Optional<List<Sources.Surveyed>> surveyed, PrintWriter out) {
    if (surveyed.isEmpty()) {
      out.println("Connected: none (there is no folder " + directory + ")");
      return;
    }
    out.println("Connected (" + directory + "):");
    Table table =
        new Table("SOURCE", "PROVIDER", "READY", "ALLOW", "SPREAD", "DEDUPE WINDOW", "PUBLIC URL");
    surveyed.get().forEach(each -> each.source().ifPresent(source -> row(source, each, table)));
    table.print(out);
    List<Fault> faults = surveyed.get().stream().flatMap(each -> each.faults().stream()).toList();
    if (!faults.isEmpty()) {
      out.println("To fix before the edge can start:");
      faults.forEach(fault -> out.println("  " + fault));
    }
  }

  private static void row(Source source, Sources.Surveyed surveyed, Table table) {
    table.row(
        source.name(),
        source.provider().name(),
        surveyed.faults().isEmpty() ? "yes" : "no",
        source.allow().isEmpty() ? "any" : String.join(",", source.allow()),
        source.spread() ? "yes" : "no",
        Durations.inWords(source.dedupeWindow()),
        source.publicUrl().orElse("as received"));
  }

  static ArrayNode json(List<Sources.Surveyed> surveyed) {
    ArrayNode sources = JsonNodeFactory.instance.arrayNode();
    for (Sources.Surveyed each : surveyed) {
      ObjectNode one = sources.addObject();
      each.source().ifPresent(source -> describe(source, one));
      ArrayNode faults = one.putArray("faults");
      each.faults().forEach(fault -> faults.add(fault.toString()));
    }
    return sources;
  }

  private static void describe(Source source, ObjectNode one) {
    one.put("source", source.name());
    one.put("provider", source.provider().name());
    source.publicUrl().ifPresent(url -> one.put("publicUrl", url));
    one.put("spread", source.spread());
    one.put("dedupeWindow", source.dedupeWindow().toString());
    ArrayNode allow = one.putArray("allow");
    source.allow().forEach(allow::add);
  }
}
