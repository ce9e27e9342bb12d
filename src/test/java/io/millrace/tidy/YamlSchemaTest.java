package io.millrace.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.provider.Catalogue;
import io.millrace.provider.Provider;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The JSON Schemas that editors use and the readers of the program say the same. */
class YamlSchemaTest {
  private static final long SEED = 20_261_130;
  private static final Pattern SNIPPET =
      Pattern.compile("(?s)cat > my-(source|catalogue)s?/[a-z-]+\\.yaml <<'END'\n(.*?)\nEND");
  private static final Pattern PROVIDERS =
      Pattern.compile("(?<=\"examples\": )\\[[^]]*](?=\\s*},\\s*\"staging\")");

  /**
   * A fault that only the reader sees.
   *
   * @param path of the mutation, as a regular expression
   */
  private record Exemption(YamlKind kind, String path, String why) {
    boolean isFor(YamlKind other, YamlMutation mutation) {
      return kind == other && mutation.path().matches(path);
    }
  }

  /** What takes more than one file, or more than one place of a file, to see. */
  private static final List<Exemption> ONLY_THE_READER_SEES =
      List.of(
          new Exemption(YamlKind.SOURCE, "/provider", "the catalogue knows which there are"),
          new Exemption(
              YamlKind.SOURCE,
              "/publicUrl",
              "the provider decides whether it is part of the proof"),
          new Exemption(
              YamlKind.SOURCE, "/secrets(/.*)?", "the provider decides which secrets it needs"),
          new Exemption(
              YamlKind.PROVIDER,
              "(/variants/[^/]+)?/(evidence.*|events|reply|handshake|responseLimit)",
              "each fact that is stated has exactly one authority"),
          new Exemption(
              YamlKind.PROVIDER,
              ".*/verification/(.*/)?(signed|timestamp|use|downgrade|\\*)",
              "what is signed, and by whom, decides what may be combined"),
          new Exemption(YamlKind.ACCOUNT_SCORING, "/rules/\\*/people", "CEL is a language"),
          new Exemption(
              YamlKind.ACCOUNT_SCORING, "/(min|max)|/thresholds/.*", "min, again, at, max"),
          new Exemption(YamlKind.ACCOUNT_SIGNALS, "/signals/\\*/with", "signals are declared"),
          new Exemption(YamlKind.ACTIVITIES, "/activities/\\*/when", "CEL is a language"),
          new Exemption(
              YamlKind.LIFECYCLES,
              "/lifecycles/\\*/(onCreation|moves.*|stages/\\*(/(stage|initial|last|aside))?)",
              "moves name stages, and each stage has to be reached"),
          new Exemption(
              YamlKind.ORDERING,
              "/(records/[^/]+|defaults)/prerequisiteWait",
              "without a wait there is nothing to wait for"),
          new Exemption(
              YamlKind.SCORING, "/rules/\\*/(activity|when|points)", "activities are declared"),
          new Exemption(YamlKind.SCORING, "/(min|max)|/thresholds/.*", "min, again, at, max"),
          new Exemption(YamlKind.SIGNALS, "/signals/\\*/activity", "activities are declared"),
          new Exemption(
              YamlKind.USAGE, "/usages/\\*/(activity|steps.*)", "activities are declared"),
          new Exemption(
              YamlKind.TOPICS, "/defaults(/.*)?", "a topic may say what the defaults leave out"),
          new Exemption(
              YamlKind.TOPICS,
              "/topics/[^/]+(/partitions|/retention)?",
              "some share their partitions, or are kept as long as deliveries"));

  @ParameterizedTest
  @EnumSource
  void acceptsEveryFileThatComesWithTheProgram(YamlKind kind) {
    assertThat(kind.files()).isNotEmpty();
    for (Path file : sound(kind)) {
      assertThat(kind.errors(kind.tree(file))).as(file.toString()).isEmpty();
    }
  }

  @Test
  void acceptsTheFilesOfTheManual() {
    Matcher snippet = SNIPPET.matcher(Checkout.read("docs/adding-a-source.md"));
    int found = 0;
    while (snippet.find()) {
      YamlKind kind = snippet.group(1).equals("source") ? YamlKind.SOURCE : YamlKind.PROVIDER;
      assertThat(kind.errors(YamlKind.parse(snippet.group(2)))).as(snippet.group()).isEmpty();
      found++;
    }
    assertThat(found).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void filesThatPeopleWriteNameTheirSchema(YamlKind kind) {
    for (Path file : kind.files()) {
      if (file.startsWith("topology")) {
        String first = Checkout.read(file).lines().findFirst().orElseThrow();
        String schema = first.replace("# yaml-language-server: $schema=", "");
        assertThat(file.resolveSibling(schema).normalize())
            .as(file.toString())
            .isEqualTo(Path.of(kind.schemaFile()));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesAFaultOfStructureIfAndOnlyIfTheReaderDoes(YamlKind kind) {
    Random random = new Random(SEED);
    List<JsonNode> sound =
        sound(kind).stream().map(kind::tree).filter(tree -> isOwn(kind, tree)).toList();
    int mutations = kind == YamlKind.PROVIDER || kind == YamlKind.ACTIVITIES ? 40 : 70;
    for (int count = 0; count < mutations; count++) {
      // The first uses every key.
      JsonNode file = sound.get(random.nextBoolean() ? 0 : random.nextInt(sound.size()));
      YamlMutation mutation = YamlMutation.of(file, random);
      boolean refusedBySchema = !kind.errors(mutation.tree()).isEmpty();
      Optional<String> refusedByReader = kind.refusal(mutation.tree());
      if (refusedBySchema
          || ONLY_THE_READER_SEES.stream().noneMatch(each -> each.isFor(kind, mutation))) {
        assertThat(refusedBySchema)
            .as(
                "mutation %s: %s %s; the reader says: %s",
                count, mutation.path(), mutation.what(), refusedByReader.orElse("sound"))
            .isEqualTo(refusedByReader.isPresent());
      }
    }
  }

  /** The secrets of the sources that come with the program are keys of many kinds. */
  private static boolean isOwn(YamlKind kind, JsonNode tree) {
    return kind != YamlKind.SOURCE || !tree.path("provider").asText().equals("sendgrid");
  }

  @ParameterizedTest
  @EnumSource
  void knowsTheKeysThatTheReaderKnows(YamlKind kind) {
    Map<String, YamlPlace> places = new LinkedHashMap<>();
    for (Path file : sound(kind)) {
      JsonNode tree = kind.tree(file);
      if (isOwn(kind, tree)) {
        YamlPlace.all(kind, tree).forEach(place -> places.putIfAbsent(place.shape(), place));
      }
    }
    if (kind == YamlKind.TOPICS) {
      places.remove("/defaults"); // Its reader takes any key there.
    }
    for (YamlPlace place : places.values()) {
      assertThat(place.keysOfSchema()).as(place.shape()).isEqualTo(place.keysOfReader());
    }
  }

  @Test
  void isNoPartOfTheDataModel() {
    assertThat(SchemaFiles.all()).isNotEmpty().allMatch(file -> file.getNameCount() == 2);
  }

  @Test
  void offersEveryProviderThatComesWithTheProgram() {
    String names =
        Catalogue.bundled().all().stream()
            .map(Provider::name)
            .map(name -> '"' + name + '"')
            .collect(Collectors.joining(", ", "[", "]"));
    String file = YamlKind.SOURCE.schemaFile();

    Golden.check(file, PROVIDERS.matcher(Checkout.read(file)).replaceFirst(names));
  }

  private static List<Path> sound(YamlKind kind) {
    return Stream.concat(kind.everyKey().stream(), kind.files().stream()).toList();
  }
}
