package io.millrace.cli.sources;

import io.millrace.app.Catalogues;
import io.millrace.app.CommandException;
import io.millrace.provider.Catalogue;
import io.millrace.provider.Provider;
import io.millrace.source.Source;
import io.millrace.source.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds the source that a captured request is judged by: a connected one, or any provider's. */
final class JudgedSource {
  private final Catalogue catalogue;

  JudgedSource(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * A source of a provider without any configuration.
   *
   * @throws CommandException if there is no such provider; suggests similar names
   */
  Source ofProvider(String name) {
    Provider provider = Catalogues.find(catalogue, name);
    return Source.unconfigured(provider.name(), provider);
  }

  /**
   * A connected source, with its secrets.
   *
   * @throws CommandException if it is not connected, or is invalid
   */
  Source connected(String name, Path directory, Function<String, Optional<String>> environment) {
    Path file = directory.resolve(name + ".yaml");
    List<Sources.Surveyed> surveyed = Sources.survey(directory, catalogue, environment);
    Sources.Surveyed found =
        surveyed.stream()
            .filter(each -> each.source().filter(source -> source.name().equals(name)).isPresent())
            .findFirst()
            .orElseThrow(() -> CommandException.usage(notConnected(name, file, surveyed)));
    if (!found.faults().isEmpty()) {
      throw CommandException.usage(
          "The source %s cannot be used:%n%s"
              .formatted(
                  name, String.join("\n", found.faults().stream().map(Object::toString).toList())));
    }
    return found.source().orElseThrow();
  }

  private static String notConnected(String name, Path file, List<Sources.Surveyed> surveyed) {
    List<String> known =
        surveyed.stream().flatMap(each -> each.source().stream()).map(Source::name).toList();
    return "The source %s is not connected: there is no valid file %s. Connected sources: %s"
        .formatted(name, file, known.isEmpty() ? "none" : String.join(", ", known));
  }
}
