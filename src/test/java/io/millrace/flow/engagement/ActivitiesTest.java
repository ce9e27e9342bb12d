package io.millrace.flow.engagement;

import static io.millrace.flow.testing.EngagementEvents.NOON;
import static io.millrace.flow.testing.EngagementEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.EngagementRules;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ActivitiesTest {
  private final Activities activities =
      EngagementRules.load(Path.of("topology", "rules")).activities();

  @Test
  void countsAnEventForEveryActivityItFits() {
    assertThat(of("page.viewed", Map.of("path", "/pricing/teams")))
        .containsExactly("page-visit", "pricing-visit");
  }

  @Test
  void knowsThePricingPageByItsAddressToo() {
    assertThat(of("page.viewed", Map.of("url", "https://www.example.com/pricing?plan=pro")))
        .contains("pricing-visit");
    assertThat(of("page.viewed", Map.of("url", "https://www.example.com/blog?from=/pricing")))
        .containsExactly("page-visit");
  }

  @Test
  void fitsTypesByTheirBeginning() {
    assertThat(of("product.report_exported", Map.of())).containsExactly("product-use");
    assertThat(of("production.started", Map.of())).isEmpty();
  }

  @Test
  void holdsNoConditionOnAFieldThatIsMissingOrCleared() {
    Map<String, String> cleared = new HashMap<>();
    cleared.put("path", null);

    assertThat(of("page.viewed", cleared)).containsExactly("page-visit");
    assertThat(of("page.viewed", Map.of())).containsExactly("page-visit");
  }

  private List<String> of(String type, Map<String, String> data) {
    return activities.of(event("ann@example.com", "e1", type, NOON, data));
  }
}
