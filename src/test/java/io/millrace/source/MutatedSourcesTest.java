package io.millrace.source;

import io.millrace.normalize.field.FieldRules;
import io.millrace.provider.Catalogue;
import io.millrace.provider.ProviderReader;
import io.millrace.yaml.MutatedFile;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Spoilt in one place, a file of this package is refused with its place, or harmlessly read. */
final class MutatedSourcesTest {
  @Test
  void refusesSpoiltCatalogueEntries() {
    MutatedFile.checkAll(
        Path.of("src", "main", "resources", "catalogue"), ProviderReader::read, 12, 1);
  }

  @Test
  void refusesSpoiltSources() {
    Path folder = Path.of("topology", "sources");
    SourceReader reader = SourceReader.withoutSecrets(Catalogue.bundled(), new SourceFiles(folder));

    for (String name : new String[] {"billing", "crm", "forms", "leads", "web", "email"}) {
      Path file = folder.resolve(name + ".yaml");
      MutatedFile.check(
          file, section -> reader.read(file, section).map(Source::name).or(Optional::empty), 60, 2);
    }
  }

  @Test
  void refusesASpoiltTableOfFields() {
    MutatedFile.check(
        Path.of("topology", "rules", "fields.yaml"),
        section -> FieldRules.read(section).requirements(),
        300,
        3);
  }
}
