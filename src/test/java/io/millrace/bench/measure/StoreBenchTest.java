package io.millrace.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.bench.result.BenchResult;
import io.millrace.bench.result.Figure;
import io.millrace.bench.setup.BenchDirectory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreBenchTest {
  @TempDir private Path parent;

  @Test
  void measuresThreeSizesAndFindsWhatWasPut() {
    List<String> said = new ArrayList<>();
    Path path;
    BenchResult result;
    try (BenchDirectory directory = BenchDirectory.in(parent)) {
      path = directory.path();
      result =
          StoreBench.run(
              new StoreBench.Options(10_000, 7),
              directory,
              Optional.empty(),
              said::add,
              Clock.systemUTC());
    }

    assertThat(result.wrong()).isEmpty();
    assertThat(result.figures())
        .extracting(Figure::subject)
        .contains("100 ids", "1,000 ids", "10,000 ids");
    assertThat(result.figures())
        .filteredOn(figure -> figure.name().equals("MB on disk per million"))
        .allMatch(figure -> figure.value() > 50)
        .hasSize(3);
    assertThat(result.figures()).filteredOn(figure -> figure.limit().isPresent()).hasSize(7);
    assertThat(said).isNotEmpty();
    assertThat(path).doesNotExist();
  }

  @Test
  void sizesAreTenTimesTheOneBefore() {
    assertThat(StoreBench.sizes(10_000_000)).containsExactly(100_000, 1_000_000, 10_000_000);
  }
}
