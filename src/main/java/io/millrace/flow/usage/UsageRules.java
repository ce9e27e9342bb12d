package io.millrace.flow.usage;

import io.millrace.flow.engagement.Activities;
import io.millrace.flow.engagement.Activity;
import io.millrace.yaml.InvalidFileException;
import io.millrace.yaml.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules in topology/rules/usage.yaml. */
public record UsageRules(List<UsageRule> all) {
  public UsageRules {
    all = List.copyOf(all);
  }

  /**
   * Reads the file of a folder; empty if there is no file.
   *
   * @param activities the activities that rules may name
   * @throws InvalidFileException with every fault of the file
   */
  public static UsageRules load(Path directory, Activities activities) {
    Set<String> names =
        activities.all().stream().map(Activity::name).collect(Collectors.toUnmodifiableSet());
    Path file = directory.resolve(UsageReader.FILE);
    return new UsageRules(
        Files.exists(file) ? YamlFile.read(file, new UsageReader(names)::read) : List.of());
  }
}
