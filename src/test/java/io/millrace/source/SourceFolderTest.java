package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.provider.Catalogue;
import io.millrace.source.SourceFolder.Look;
import io.millrace.yaml.Fault;
import io.millrace.yaml.InvalidFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFolderTest {
  private static final Catalogue CATALOGUE = Catalogue.bundled();

  @TempDir private Path parent;
  private Path folder;
  private SourceFolder sources;

  @BeforeEach
  void connectASource() throws IOException {
    folder = Files.createDirectory(parent.resolve("sources"));
    write("secret", "the old one");
    write("forms.yaml", source("forms"));
    sources = SourceFolder.withSecrets(folder, CATALOGUE, name -> Optional.empty());
    assertThat(sources.read().all()).hasSize(1);
  }

  @Test
  void findsNothingNewWhereNothingChanged() throws IOException {
    write("forms.yaml", source("forms"));
    write("notes.txt", "not a source");

    assertThat(sources.look()).isEqualTo(new Look.Unchanged());
  }

  @Test
  void takesAChangedSecretOnceTwoLooksHaveSeenTheSame() throws IOException {
    write("secret", "half of the n");
    assertThat(sources.look()).isEqualTo(new Look.Unsettled());
    write("secret", "half of the new one is written");
    assertThat(sources.look()).isEqualTo(new Look.Unsettled());

    var changed = changed(sources.look());

    assertThat(changed.find("forms").orElseThrow().secrets().getFirst().value())
        .isEqualTo("half of the new one is written");
    assertThat(sources.look()).isEqualTo(new Look.Unchanged());
  }

  @Test
  void takesAChangeBackAsNone() throws IOException {
    write("secret", "a slip");
    assertThat(sources.look()).isEqualTo(new Look.Unsettled());
    write("secret", "the old one");

    assertThat(sources.look()).isEqualTo(new Look.Unchanged());
  }

  @Test
  void seesFilesComeAndGo() throws IOException {
    write("other.yaml", source("other"));
    assertThat(changed(sources.lookNow()).all()).extracting(Source::name).contains("other");

    Files.delete(folder.resolve("forms.yaml"));

    assertThat(changed(sources.lookNow()).all()).extracting(Source::name).containsOnly("other");
  }

  @Test
  void saysOnceWhatIsWrongWithAChangeAndTakesItWhenMended() throws IOException {
    write("other.yaml", "source: other\nprovider: strype\nsecrets: [{ref: file:gone}]\n");

    assertThat(sources.lookNow())
        .isInstanceOfSatisfying(
            Look.Invalid.class,
            unsound ->
                assertThat(unsound.faults())
                    .extracting(Fault::toString)
                    .anyMatch(fault -> fault.contains("other.yaml:2") && fault.contains("stripe"))
                    .anyMatch(fault -> fault.contains("the secret file gone")));
    assertThat(sources.look()).isEqualTo(new Look.Unchanged());
    write("other.yaml", source("other"));
    assertThat(changed(sources.lookNow()).all()).hasSize(2);
  }

  @Test
  void seesASecretFileAppearThatWasMissing() throws IOException {
    write("other.yaml", source("other").replace("file:secret", "file:later"));
    assertThat(sources.lookNow()).isInstanceOf(Look.Invalid.class);

    write("later", "now it is there");

    assertThat(changed(sources.lookNow()).all()).hasSize(2);
  }

  @Test
  void takesAnEmptyFolderForALostVolume() throws IOException {
    Files.delete(folder.resolve("forms.yaml"));

    assertThat(sources.lookNow())
        .isInstanceOfSatisfying(
            Look.Invalid.class,
            unsound ->
                assertThat(unsound.faults().getFirst().what())
                    .contains("contains no source any more"));

    Files.delete(folder.resolve("secret"));
    Files.delete(folder);
    assertThat(sources.lookNow()).isInstanceOf(Look.Invalid.class);
  }

  @Test
  void mayBeginEmpty() throws IOException {
    var empty = Files.createDirectory(parent.resolve("empty"));
    var none = SourceFolder.withoutSecrets(empty, CATALOGUE);
    assertThat(none.read().all()).isEmpty();

    Files.writeString(empty.resolve("forms.yaml"), source("forms"));

    assertThat(changed(none.lookNow()).all()).hasSize(1);
  }

  /** As Kubernetes mounts a secret: the files are links through one that is swapped. */
  @Test
  void followsTheSwapOfALinkFarUpThePath() throws IOException {
    var mounted = Files.createDirectory(parent.resolve("mounted"));
    Files.createDirectory(mounted.resolve("..1"));
    Files.writeString(mounted.resolve("..1/forms.yaml"), source("forms"));
    Files.writeString(mounted.resolve("..1/secret"), "first");
    Files.createSymbolicLink(mounted.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(mounted.resolve("forms.yaml"), Path.of("..data/forms.yaml"));
    Files.createSymbolicLink(mounted.resolve("secret"), Path.of("..data/secret"));
    var swapped = SourceFolder.withSecrets(mounted, CATALOGUE, name -> Optional.empty());
    swapped.read();

    Files.createDirectory(mounted.resolve("..2"));
    Files.writeString(mounted.resolve("..2/forms.yaml"), source("forms"));
    Files.writeString(mounted.resolve("..2/secret"), "other");
    Files.createSymbolicLink(mounted.resolve("..new"), Path.of("..2"));
    Files.move(mounted.resolve("..new"), mounted.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

    assertThat(changed(swapped.lookNow()).find("forms").orElseThrow().secrets().getFirst().value())
        .isEqualTo("other");
  }

  @Test
  void refusesAFaultAtTheStart() throws IOException {
    write("other.yaml", source("other").replace("file:secret", "env:NOT_SET"));

    assertThatThrownBy(sources::read)
        .isInstanceOf(InvalidFileException.class)
        .hasMessageContaining("other.yaml")
        .hasMessageContaining("NOT_SET is not set");
  }

  private static Sources changed(Look look) {
    return ((Look.Changed) look).sources();
  }

  private static String source(String name) {
    return "source: " + name + "\nprovider: generic-hmac\nsecrets: [{ref: file:secret}]\n";
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
