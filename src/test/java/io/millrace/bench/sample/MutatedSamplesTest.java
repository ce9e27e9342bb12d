package io.millrace.bench.sample;

import io.millrace.yaml.MutatedFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Spoilt in one place, a file of samples is refused with its place, or harmlessly read. */
final class MutatedSamplesTest {
  @Test
  void refusesSpoiltSamples() {
    for (String name : new String[] {"stripe", "hubspot", "segment-batch", "salesforce-om"}) {
      MutatedFile.check(
          Path.of("src", "bench", "resources", "simulator", name + ".yaml"),
          file -> SampleReader.book(name, file).types(),
          60,
          6);
    }
  }
}
