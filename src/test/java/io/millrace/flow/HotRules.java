package io.millrace.flow;

import io.millrace.bench.load.BenchSources;
import io.millrace.bench.load.MixEvent;
import io.millrace.bench.load.MixEvent.Kind;
import io.millrace.bench.setup.BenchDirectory;
import io.millrace.event.Delivery;
import io.millrace.event.Event;
import io.millrace.event.Lineage;
import io.millrace.event.RecordOrder;
import io.millrace.event.RecordState;
import io.millrace.event.ScoreMemory;
import io.millrace.event.SeenEvent;
import io.millrace.flow.order.Deduplication;
import io.millrace.flow.order.OrderingRule;
import io.millrace.flow.order.Placement;
import io.millrace.flow.order.SearchedBuckets;
import io.millrace.flow.order.Sequencing;
import io.millrace.flow.order.Sequencing.RecordContext;
import io.millrace.flow.record.HeldFields;
import io.millrace.flow.record.RecordMerge;
import io.millrace.flow.score.ScoreInput;
import io.millrace.flow.score.ScoreOutcome;
import io.millrace.flow.score.Scoring;
import io.millrace.kafka.topic.TrustedTypes;
import io.millrace.normalize.NormalizeRules;
import io.millrace.normalize.Normalized;
import io.millrace.normalize.Normalizer;
import io.millrace.provider.Catalogue;
import io.millrace.source.Source;
import io.millrace.source.Sources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The rules every event passes, on an update of a lead: see {@link HotRulesBench}. */
@State(Scope.Thread)
public class HotRules {
  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final Duration WINDOW = Duration.ofDays(3);
  private static final String PERSON = "p1@example.com";

  private final Subject subject;

  public HotRules() {
    TrustedTypes.declare();
    subject = new Subject();
  }

  /** What the rules are asked about. */
  private static final class Subject {
    private final BenchDirectory directory = BenchDirectory.in(Path.of("target"));
    private final FlowRules rules =
        FlowRules.load(Path.of("topology", "topics.yaml"), Path.of("topology", "rules"));
    private final NormalizeRules normalizing =
        new NormalizeRules(rules.fields(), rules.identity(), NormalizeRules.none().ids());
    private final Source source =
        Sources.loadWithoutSecrets(
                BenchSources.write(directory.folder("sources"), "envelope", "0123456789abcdef"),
                Catalogue.bundled())
            .find("bench1")
            .orElseThrow();
    private final Delivery delivery = lead(1, "lead.updated", NOON).delivery(1);
    private final Event event = event(delivery);
    private final RecordState state =
        RecordMerge.merge(
            Optional.empty(), event(lead(0, "lead.created", NOON - 60_000).delivery(0)));
    private final RecordOrder order =
        Sequencing.emitted(
            Sequencing.NOTHING_EMITTED, event(lead(0, "lead.created", NOON - 60_000).delivery(0)));
    private final List<SeenEvent> seen =
        List.of(new SeenEvent(0, new Lineage("delivery", 1, 1L, 0), null));
    private final OrderingRule ordering = rules.ordering().of("lead");
    private final Scoring scoring = new Scoring(rules.engagement().scoring(), Optional.empty());
    private final ScoreInput input =
        new ScoreInput(
            PERSON,
            LocalDate.ofInstant(Instant.ofEpochMilli(NOON), ZoneOffset.UTC),
            Map.of("email-opened", 1L),
            Instant.ofEpochMilli(NOON),
            "batch:1",
            Instant.ofEpochMilli(NOON));
    private final Optional<ScoreMemory> memory =
        Optional.of(scoring.add(Optional.empty(), Optional.empty(), PERSON, input).memory());

    private Event event(Delivery received) {
      Normalized normalized = Normalizer.normalize(source, normalizing, received, 0, 1).getFirst();
      if (normalized instanceof Normalized.Event accepted) {
        return accepted.event();
      }
      throw new IllegalStateException("The mix makes events: " + normalized);
    }

    private static MixEvent lead(int number, String type, long at) {
      return new MixEvent(number, 1, Kind.LEAD, type, 8, 3, at, at, false);
    }
  }

  @Benchmark
  public List<Normalized> normalizeDelivery() {
    return Normalizer.normalize(subject.source, subject.normalizing, subject.delivery, 0, 1);
  }

  @Benchmark
  public Deduplication.Admission admitNewEvent() {
    return Deduplication.decide(subject.event, List.of(), Set.of());
  }

  @Benchmark
  public Deduplication.Admission dropDuplicate() {
    return Deduplication.decide(subject.event, subject.seen, Set.of());
  }

  @Benchmark
  public SearchedBuckets searchedBuckets() {
    return SearchedBuckets.of(NOON, WINDOW, NOON, Deduplication.retention(WINDOW));
  }

  @Benchmark
  public Placement placeEvent() {
    RecordContext recordContext =
        new RecordContext(
            subject.order, false, () -> Optional.of(new HeldFields("1", subject.state)));
    return Sequencing.place(subject.event, recordContext, subject.ordering, NOON);
  }

  @Benchmark
  public RecordState mergeEvent() {
    return RecordMerge.merge(Optional.of(subject.state), subject.event);
  }

  @Benchmark
  public ScoreOutcome scoreBehaviour() {
    return subject.scoring.add(subject.memory, Optional.empty(), PERSON, subject.input);
  }

  @Benchmark
  public ByteBuffer encodeEvent() throws IOException {
    return Event.getEncoder().encode(subject.event);
  }

  @TearDown
  public void removeFiles() {
    subject.directory.close();
  }
}
