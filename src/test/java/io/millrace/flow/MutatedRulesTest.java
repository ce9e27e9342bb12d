package io.millrace.flow;

import io.millrace.flow.engagement.ActivitiesReader;
import io.millrace.flow.engagement.Activity;
import io.millrace.flow.order.OrderingRulesReader;
import io.millrace.flow.score.ScoringReader;
import io.millrace.flow.signal.SignalsReader;
import io.millrace.flow.stage.LifecyclesReader;
import io.millrace.flow.usage.UsageReader;
import io.millrace.yaml.MutatedFile;
import io.millrace.yaml.Section;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Spoilt in one place, a file of rules is refused with its place, or harmlessly read. */
final class MutatedRulesTest {
  private static final Path FOLDER = Path.of("topology", "rules");

  private final EngagementRules deployed = EngagementRules.load(FOLDER);
  private final Set<String> activities =
      deployed.activities().all().stream().map(Activity::name).collect(Collectors.toSet());

  @Test
  void refusesSpoiltOrderingRules() {
    check("ordering.yaml", OrderingRulesReader::read, 300);
  }

  @Test
  void refusesSpoiltLifecycles() {
    check("lifecycles.yaml", LifecyclesReader::read, 300);
  }

  @Test
  void refusesSpoiltRulesAboutEngagement() {
    check("activities.yaml", ActivitiesReader::read, 100);
    check("signals.yaml", file -> SignalsReader.read(file, activities), 60);
    check("usage.yaml", new UsageReader(activities)::read, 60);
    activities.add("signal:pricing-interest");
    check("scoring.yaml", new ScoringReader(activities)::read, 200);
  }

  private static void check(String file, Function<Section, ?> reader, int times) {
    MutatedFile.check(FOLDER.resolve(file), reader, times, 4);
  }
}
