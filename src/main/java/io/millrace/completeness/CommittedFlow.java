package io.millrace.completeness;

import io.millrace.completeness.RoleFlow.Held;
import io.millrace.event.CompletenessMark;
import io.millrace.flow.HoldingStep;
import io.millrace.flow.step.Topics;
import io.millrace.kafka.read.CompactedTable;
import io.millrace.kafka.read.ReadThrough;
import io.millrace.kafka.read.TopicOffsets;
import io.millrace.kafka.read.TopicReader;
import io.millrace.kafka.topic.KafkaSettings;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The progress of the flow, read from the cluster: end offsets, offsets of consumer groups,
 * changelogs, marks.
 */
public final class CommittedFlow implements FlowProgress, AutoCloseable {
  private final KafkaSettings kafka;
  private final String prefix;
  private final TopicReader reader;
  private final TopicOffsets offsets;
  private final ReadThrough readThrough;
  private final Map<Held, CompactedTable<Instant>> tables = new HashMap<>();
  private final Map<String, Instant> edges = new HashMap<>();
  private final Map<String, TopicMark> published = new HashMap<>();

  /**
   * Does not read anything yet.
   *
   * @param prefix first part of the roles' application ids
   * @param reader reads the marks; closed with this
   */
  public CommittedFlow(KafkaSettings kafka, String prefix, TopicReader reader) {
    this.kafka = kafka;
    this.prefix = prefix;
    this.reader = reader;
    this.offsets = new TopicOffsets(kafka);
    this.readThrough = new ReadThrough(kafka, offsets);
  }

  @Override
  public Map<String, Instant> edges() {
    readMarks();
    return Map.copyOf(edges);
  }

  /** The last published marks of topics. */
  public Map<String, TopicMark> published() {
    readMarks();
    return Map.copyOf(published);
  }

  private void readMarks() {
    reader.read(
        Topics.COMPLETENESS_MARKS,
        (key, value, partition, offset) -> {
          Optional<String> edge = CompletenessMarks.edgeOf(key);
          edge.ifPresentOrElse(
              name -> put(edges, name, value.map(CompletenessMark::getCompleteUntil)),
              () -> put(published, key, value.map(CommittedFlow::mark)));
        });
  }

  private static <V> void put(Map<String, V> map, String key, Optional<V> value) {
    value.ifPresentOrElse(present -> map.put(key, present), () -> map.remove(key));
  }

  private static TopicMark mark(CompletenessMark mark) {
    return new TopicMark(mark.getCompleteUntil(), mark.getHeldBackBy());
  }

  @Override
  public EndOffsets ends(String topic) {
    return new EndOffsets(topic, offsets.ends(topic));
  }

  @Override
  public long left(String role, EndOffsets ends) {
    String group = prefix + "-" + role;
    long left =
        offsets.left(group, ends.topic(), ends.offsets()).values().stream()
            .mapToLong(Long::longValue)
            .sum();
    // The rest may be transaction markers and aborted records, which are never read.
    return left == 0 || readThrough.behind(group, ends.topic(), ends.offsets()).isEmpty()
        ? 0
        : left;
  }

  @Override
  public boolean isCommitted(EndOffsets ends) {
    Map<Integer, Long> committed = offsets.committedEnds(ends.topic());
    return ends.offsets().entrySet().stream()
        .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  @Override
  public Optional<Instant> oldest(Held held) {
    String changelog = "%s-%s-%s-changelog".formatted(prefix, held.role(), held.store());
    CompactedTable<Instant> table =
        tables.computeIfAbsent(
            held, added -> new CompactedTable<>(kafka, changelog, arrival(held)));
    return table.upTo(offsets.ends(changelog)).stream().min(Instant::compareTo);
  }

  private static Function<byte[], Instant> arrival(Held held) {
    return HoldingStep.all().stream()
        .filter(step -> step.store().equals(held.store()))
        .findFirst()
        .orElseThrow()
        .arrival();
  }

  @Override
  public void close() {
    tables.values().forEach(CompactedTable::close);
    readThrough.close();
    offsets.close();
    reader.close();
  }
}
