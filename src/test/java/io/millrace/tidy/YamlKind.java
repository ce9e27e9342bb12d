package io.millrace.tidy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.millrace.flow.EngagementRules;
import io.millrace.flow.account.AccountRules;
import io.millrace.flow.engagement.ContextRules;
import io.millrace.flow.order.OrderingRules;
import io.millrace.flow.stage.Lifecycles;
import io.millrace.flow.usage.UsageRules;
import io.millrace.kafka.provision.TopicSettings;
import io.millrace.normalize.field.FieldRules;
import io.millrace.provider.Catalogue;
import io.millrace.source.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A kind of YAML file that people write: its schema, its reader, and every file there is of it. */
enum YamlKind {
  SOURCE("topology/sources") {
    @Override
    void read(Path folder, JsonNode tree) {
      write(folder, tree.path("source").asText() + ".yaml", tree);
      Sources.load(folder, Catalogue.bundled(), name -> Optional.of("a secret of some length"));
    }
  },
  PROVIDER("src/main/resources/catalogue") {
    @Override
    void read(Path folder, JsonNode tree) {
      write(folder, tree.path("provider").asText() + ".yaml", tree);
      Catalogue.with(folder);
    }
  },
  ACCOUNT_SCORING("topology/rules") {
    @Override
    void read(Path folder, JsonNode tree) {
      AccountRules.load(withRules(folder, tree), PERSON_SIGNALS);
    }
  },
  ACCOUNT_SIGNALS("topology/rules") {
    @Override
    void read(Path folder, JsonNode tree) {
      AccountRules.load(withRules(folder, tree), PERSON_SIGNALS);
    }
  },
  ACTIVITIES("topology/rules") {
    @Override
    void read(Path folder, JsonNode tree) {
      withRules(folder, tree);
      write(folder, "signals.yaml", parse("signals: []"));
      write(folder, "scoring.yaml", NO_SCORING);
      EngagementRules.load(folder);
    }
  },
  CONTEXT("topology/rules") {
    @Override
    void read(Path folder, JsonNode tree) {
      ContextRules.load(withRules(folder, tree));
    }
  },
  FIELDS("topology/rules") {
    @Override
    void read(Path folder, JsonNode tree) {
      FieldRules.load(withRules(folder, tree));
    }
  },
  LIFECYCLES("topology/rules") {
    @Override
    void read(Path folder, JsonNode tree) {
      Lifecycles.load(withRules(folder, tree));
    }
  },
  ORDERING("topology/rules") {
    @Override
    void read(Path folder, JsonNode tree) {
      OrderingRules.load(withRules(folder, tree));
    }
  },
  SCORING("topology/rules") {
    @Override
    void read(Path folder, JsonNode tree) {
      EngagementRules.load(withRules(folder, tree));
    }
  },
  SIGNALS("topology/rules") {
    @Override
    void read(Path folder, JsonNode tree) {
      withRules(folder, tree);
      write(folder, "scoring.yaml", NO_SCORING);
      EngagementRules.load(folder);
    }
  },
  USAGE("topology/rules") {
    @Override
    void read(Path folder, JsonNode tree) {
      EngagementRules shipped = EngagementRules.load(Checkout.ROOT.resolve("topology/rules"));
      UsageRules.load(withRules(folder, tree), shipped.activities());
    }
  },
  TOPICS("topology") {
    @Override
    void read(Path folder, JsonNode tree) {
      write(folder, "topics.yaml", tree);
      TopicSettings.load(folder.resolve("topics.yaml"));
    }
  };

  /** The signals of people that rules about accounts may name. */
  private static final Set<String> PERSON_SIGNALS = Set.of("pricing-interest");

  private static final ObjectMapper YAML = new YAMLMapper();

  /** Names neither an activity nor a signal, so that those can be changed. */
  private static final JsonNode NO_SCORING = parse("{model: none, version: 1, min: 0, max: 1}");

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final String folder;

  YamlKind(String folder) {
    this.folder = folder;
  }

  /** Reads one file of this kind the way the program does; throws what the program throws. */
  abstract void read(Path folder, JsonNode tree);

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Its schema in the checkout. */
  String schemaFile() {
    return "schemas/yaml/" + word() + ".schema.json";
  }

  /** The files of this kind that come with the program. */
  List<Path> files() {
    boolean isFolder = this == SOURCE || this == PROVIDER;
    return Checkout.filesIn(folder).stream()
        .filter(file -> file.toString().endsWith(".yaml"))
        .filter(file -> isFolder || file.endsWith(word() + ".yaml"))
        .toList();
  }

  /** A file that uses every key, where those that come with the program do not. */
  List<Path> everyKey() {
    Path file = Path.of("src/test/resources/every-key", word() + ".yaml");
    return Files.exists(Checkout.ROOT.resolve(file)) ? List.of(file) : List.of();
  }

  /** The schema as the jar has it. */
  Schema schema() {
    return REGISTRY.getSchema(SchemaLocation.of("classpath:" + schemaFile()));
  }

  List<Error> errors(JsonNode tree) {
    return schema().validate(tree);
  }

  /** Every key that its schema or the parts it shares name anywhere, and one that none does. */
  Set<String> everyName() {
    Set<String> names = new TreeSet<>(Set.of("surely_unknown"));
    for (String file : List.of(schemaFile(), "schemas/yaml/parts.schema.json")) {
      collect(parse(Checkout.read(file)), names);
    }
    return names;
  }

  private static void collect(JsonNode schema, Set<String> names) {
    schema.path("properties").fieldNames().forEachRemaining(names::add);
    schema.forEach(part -> collect(part, names));
  }

  /** What the reader says against a file; empty if it takes it. */
  Optional<String> refusal(JsonNode tree) {
    try {
      Path directory = Files.createTempDirectory("millrace-yaml");
      try {
        read(directory, tree);
        return Optional.empty();
      } catch (RuntimeException refused) {
        if (!refused.getClass().getSimpleName().startsWith("Invalid")) {
          throw refused;
        }
        return Optional.of(String.valueOf(refused.getMessage()));
      } finally {
        delete(directory);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A file's content; an entry of the catalogue under a name that is free. */
  JsonNode tree(Path file) {
    JsonNode tree = parse(Checkout.read(file));
    if (this == PROVIDER && tree instanceof ObjectNode entry) {
      entry.put("provider", "own-" + entry.path("provider").asText());
      rename(entry);
      entry.path("variants").forEach(variant -> rename((ObjectNode) variant));
    }
    return tree;
  }

  private static void rename(ObjectNode entry) {
    if (entry.has("aliases")) {
      var aliases = YAML.createArrayNode();
      entry.path("aliases").forEach(alias -> aliases.add("own-" + alias.asText()));
      entry.set("aliases", aliases);
    }
  }

  static JsonNode parse(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException notYaml) {
      throw new UncheckedIOException(notYaml);
    }
  }

  static JsonNode list(JsonNode only) {
    return YAML.createArrayNode().add(only);
  }

  final Path withRules(Path folder, JsonNode tree) {
    for (Path rule : Checkout.filesIn("topology/rules")) {
      write(folder, rule.getFileName().toString(), parse(Checkout.read(rule)));
    }
    write(folder, word() + ".yaml", tree);
    return folder;
  }

  static void write(Path folder, String name, JsonNode tree) {
    try {
      Files.writeString(folder.resolve(name), YAML.writeValueAsString(tree));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
