package io.millrace.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyTest {
  @TempDir private Path directory;

  @Test
  void makesFoldersThatOnlyTheirOwnerCanEnter() throws IOException {
    Path folder = OwnerOnly.folder(directory.resolve("data/secrets"));

    assertThat(permissions(folder)).isEqualTo("rwx------");
    assertThat(permissions(directory.resolve("data"))).isEqualTo("rwx------");
  }

  @Test
  void closesAFolderThatWasOpen() throws IOException {
    Path open = Files.createDirectory(directory.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    OwnerOnly.folder(open);

    assertThat(permissions(open)).isEqualTo("rwx------");
  }

  @Test
  void createsAFileOnce() throws IOException {
    Path file = directory.resolve("original");
    OwnerOnly.create(file, "first".getBytes(UTF_8));

    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThatThrownBy(() -> OwnerOnly.create(file, "second".getBytes(UTF_8)))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("first");
  }

  @Test
  void replacesAFileThatEverybodyCouldRead() throws IOException {
    Path file = Files.writeString(directory.resolve("pgpass"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    OwnerOnly.replace(file, "new".getBytes(UTF_8));

    assertThat(file).hasContent("new");
    assertThat(permissions(file)).isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void opensAFileOfItsOwn() throws IOException {
    Path lock = directory.resolve("lock");
    try (FileChannel channel = OwnerOnly.open(lock)) {
      assertThat(channel.tryLock()).isNotNull();
    }

    assertThat(permissions(lock)).isEqualTo("rw-------");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
