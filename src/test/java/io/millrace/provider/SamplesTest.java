package io.millrace.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.identity.IdentifierText;
import io.millrace.model.EventKeys;
import io.millrace.model.RecordTypes;
import io.millrace.normalize.Normalized;
import io.millrace.normalize.field.FieldRules;
import io.millrace.normalize.testing.Inbound;
import io.millrace.tidy.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What becomes of a realistic delivery of each provider. The samples are made up here: headers, an
 * empty line and the body; several requests are parted by ###. What they become is in events.txt,
 * to be reviewed like code.
 */
class SamplesTest {
  private static final Path FOLDER = Path.of("src/test/resources/samples");
  private static final Catalogue CATALOGUE = Catalogue.bundled();
  private static final String SUFFIX = ".http";

  @Test
  void becomeTheEventsThatWereReviewed() throws IOException {
    var found = new StringBuilder();
    for (var sample : samples().entrySet()) {
      for (var request : sample.getValue().split("\n###\n", -1)) {
        found.append("# ").append(sample.getKey()).append('\n');
        delivered(sample.getKey(), request.stripTrailing())
            .forEach(result -> describe(result, found));
      }
    }

    Golden.check(FOLDER + "/events.txt", found.toString());
  }

  @Test
  void thereIsOneForEveryProviderWithEvents() throws IOException {
    var described = new TreeSet<String>();
    for (var provider : CATALOGUE.all()) {
      if (provider.evidence().of(Evidence.Fact.EVENTS).isPresent()) {
        described.add(provider.name());
      }
    }
    // A variant has its provider's events; the envelope has a test of its own.
    described.removeIf(
        name ->
            name.matches(
                "(hubspot|segment|standard-webhooks)-.*|.*-(url|rules|signed|token|v1)|envelope"));

    assertThat(samples().keySet()).containsAll(described);
  }

  private static Map<String, String> samples() throws IOException {
    var samples = new TreeMap<String, String>();
    try (var files = Files.list(FOLDER)) {
      for (var file : files.filter(each -> each.toString().endsWith(SUFFIX)).toList()) {
        var name = file.getFileName().toString();
        samples.put(name.substring(0, name.length() - SUFFIX.length()), Files.readString(file));
      }
    }
    return samples;
  }

  private static List<Normalized> delivered(String provider, String request) {
    var inbound =
        Inbound.of(CATALOGUE.find(provider).orElseThrow().events())
            .checkedBy(FieldRules.load(Path.of("topology", "rules")));
    var body = request;
    if (!request.startsWith("{") && !request.startsWith("[")) {
      var end = request.indexOf("\n\n");
      body = request.substring(end + 2);
      for (var line : request.substring(0, end).split("\n", -1)) {
        var colon = line.indexOf(':');
        inbound.header(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    // The parts of a multipart form are parted by CR LF, which no editor would keep.
    var wire = body.startsWith("--") ? body.replace("\n", "\r\n") + "\r\n" : body;
    return inbound.normalized(wire.getBytes(StandardCharsets.UTF_8));
  }

  private static void describe(Normalized result, StringBuilder out) {
    if (result instanceof Normalized.Nothing nothing) {
      out.append("nothing  ").append(nothing.what()).append('\n');
    } else {
      describe(Inbound.event(result), out);
    }
  }

  private static void describe(Event event, StringBuilder out) {
    List<String> lines = new ArrayList<>();
    lines.add(
        event.getEventType()
            + "  "
            + (RecordTypes.isPerson(event.getRecord()) ? "person" : EventKeys.record(event)));
    lines.add("  id        " + event.getEventId());
    lines.add(
        "  at        "
            + (event.getOccurredAt().equals(Inbound.RECEIVED_AT)
                ? "arrival"
                : event.getOccurredAt()));
    event
        .getPerson()
        .ifPresent(
            person ->
                lines.add(
                    "  person    %s  phone %s  %s"
                        .formatted(
                            IdentifierText.of(person.getIdentifiers()),
                            person.getPhone().orElse("unknown"),
                            new TreeMap<>(person.getExternalIds()))));
    event
        .getAccount()
        .ifPresent(
            account -> lines.add("  account   " + IdentifierText.of(account.getIdentifiers())));
    lines.add("  data      " + new TreeMap<>(event.getData()));
    if (!event.getPrevious().isEmpty()) {
      lines.add("  previous  " + new TreeMap<>(event.getPrevious()));
    }
    if (!event.getMetadata().getTags().isEmpty()) {
      lines.add("  tags      " + event.getMetadata().getTags());
    }
    event
        .getMetadata()
        .getProblems()
        .forEach(problem -> lines.add("  problem   " + problem.getError()));
    lines.forEach(line -> out.append(line).append('\n'));
  }
}
