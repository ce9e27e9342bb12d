package io.millrace.rule;

import static io.millrace.rule.EngagementEvents.NOON;
import static io.millrace.rule.EngagementEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.event.Event;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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

  @Test
  void needsAllOfItsConditions() {
    Activity activity =
        new Activity(
            "long-demo",
            "",
            List.of("form.submitted"),
            List.of(
                new Condition.Equals("form", "demo"),
                new Condition.Contains("message", "enterprise")),
            List.of());

    assertThat(activity.includes(form("demo", "our enterprise needs"))).isTrue();
    assertThat(activity.includes(form("demo", "hello"))).isFalse();
    assertThat(activity.includes(form("demos", "our enterprise needs"))).isFalse();
  }

  @Test
  void saysWhichExpressionNeedsTooMuchStack() {
    Condition deep = new Condition.Matches("url", Pattern.compile("(x|y)*"));

    assertThatThrownBy(() -> deep.accepts("x".repeat(Condition.Matches.MAX_LENGTH)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("(x|y)*");
    assertThat(deep.accepts("x".repeat(Condition.Matches.MAX_LENGTH + 1))).isFalse();
  }

  private List<String> of(String type, Map<String, String> data) {
    return activities.of(event("ann@example.com", "e1", type, NOON, data));
  }

  private static Event form(String form, String message) {
    return event(
        "ann@example.com", "e1", "form.submitted", NOON, Map.of("form", form, "message", message));
  }
}
