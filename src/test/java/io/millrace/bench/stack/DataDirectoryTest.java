package io.millrace.bench.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path directory;

  @Test
  void isTakenByOneAtATime() throws Exception {
    Path data = directory.resolve("data");
    try (DataDirectory first = DataDirectory.take(data)) {
      assertThat(first.part("broker")).isDirectory();
      assertThatThrownBy(() -> DataDirectory.take(data))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("another Millrace is running on " + data);
    }

    DataDirectory.take(data).close();
  }

  @Test
  void saysWhyADirectoryCannotBeUsed() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> DataDirectory.take(file))
        .isInstanceOf(StackException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("--data DIR");
  }
}
