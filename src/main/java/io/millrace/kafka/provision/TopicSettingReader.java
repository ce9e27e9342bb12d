package io.millrace.kafka.provision;

import io.millrace.kafka.topic.TopicLimits;
import io.millrace.yaml.Section;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** Reads one topic's entry, and takes omitted settings from the defaults. */
final class TopicSettingReader {
  private static final Map<String, String> CLEANUPS = words("delete", "compact");
  private static final Map<String, String> COMPATIBILITIES =
      words(
          "BACKWARD",
          "BACKWARD_TRANSITIVE",
          "FORWARD",
          "FORWARD_TRANSITIVE",
          "FULL",
          "FULL_TRANSITIVE");

  /** Values that are no longer valid are personal data too: they must not stay for ever. */
  private static final Duration MAX_COMPACTION_LAG = Duration.ofDays(7);

  private static final Duration SEGMENT = Duration.ofDays(1);

  private final String name;
  private final Section entry;
  private final Optional<Section> defaults;

  TopicSettingReader(String name, Section entry, Optional<Section> defaults) {
    this.name = name;
    this.entry = entry;
    this.defaults = defaults;
  }

  private static Map<String, String> words(String... words) {
    return Arrays.stream(words).collect(Collectors.toMap(Function.identity(), Function.identity()));
  }

  /** The topic; empty if its entry has faults. */
  Optional<TopicSetting> read() {
    Optional<Class<? extends SpecificRecord>> value =
        with("value", "Event")
            .parsed("value", TopicSettingReader::record, "name a record of schemas/");
    Optional<String> key = with("key", "the record").text("key");
    Optional<String> owner = with("owner", "stream").text("owner");
    List<String> readers = with("readers", "[stream]").requiredTexts("readers", "[stream]");
    Optional<Integer> partitions = number("partitions", "6", 1);
    Optional<String> cleanup = with("cleanup", "delete").choice("cleanup", CLEANUPS);
    Optional<Duration> retention = duration(with("retention", "P14D"), "retention");
    Optional<Duration> compactionLag = unlessSet("maxCompactionLag", MAX_COMPACTION_LAG);
    Optional<Duration> segment = unlessSet("segment", SEGMENT);
    Optional<String> compatibility =
        with("compatibility", "FULL_TRANSITIVE").choice("compatibility", COMPATIBILITIES);
    // The flow writes records of up to this size to every topic; a smaller limit would stop it.
    Optional<Integer> maxMessageBytes =
        number(
            "maxMessageBytes",
            Integer.toString(TopicLimits.MAX_MESSAGE_BYTES),
            TopicLimits.MAX_MESSAGE_BYTES);
    boolean sound =
        !readers.isEmpty()
            && Stream.of(
                    value,
                    key,
                    owner,
                    partitions,
                    cleanup,
                    retention,
                    compactionLag,
                    segment,
                    compatibility,
                    maxMessageBytes)
                .allMatch(Optional::isPresent);
    return sound
        ? Optional.of(
            new TopicSetting(
                name,
                value.get(),
                key.get(),
                owner.get(),
                readers,
                partitions.get(),
                cleanup.get(),
                retention.get(),
                compactionLag.get(),
                segment.get(),
                compatibility.get(),
                maxMessageBytes.get()))
        : Optional.empty();
  }

  /** A duration that neither the topic nor the defaults have to set. */
  private Optional<Duration> unlessSet(String key, Duration usual) {
    Section section = entry.has(key) ? entry : defaults.orElse(entry);
    return section.has(key)
        ? duration(section, key).filter(set -> isPositive(section, key, set))
        : Optional.of(usual);
  }

  private static boolean isPositive(Section section, String key, Duration set) {
    boolean isPositive = set.compareTo(Duration.ofMinutes(1)) >= 0;
    if (!isPositive) {
      section.fault(key, key + ": " + set + " is too short", "use a minute or longer");
    }
    return isPositive;
  }

  private static Optional<Duration> duration(Section section, String key) {
    return section.parsed(key, Duration::parse, "write an ISO 8601 duration, as in P14D or PT12H");
  }

  private Optional<Integer> number(String key, String example, int least) {
    return with(key, example).integer(key, least, Integer.MAX_VALUE);
  }

  /** The section that has a key: the topic's own before the defaults. */
  private Section with(String key, String example) {
    Optional<Section> usual = defaults.filter(section -> section.has(key));
    return entry.has(key) || usual.isEmpty() ? entry.require(key, example) : usual.get();
  }

  private static Class<? extends SpecificRecord> record(String name) {
    try {
      return Class.forName("io.millrace.event." + name).asSubclass(SpecificRecord.class);
    } catch (ClassNotFoundException | ClassCastException unknown) {
      throw new IllegalArgumentException(unknown);
    }
  }
}
