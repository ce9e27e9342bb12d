package io.millrace.normalize.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.provider.Catalogue;
import io.millrace.provider.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The identities that the catalogue's entries give to events. */
final class EveryIdTest {
  private static final List<String> SEGMENT =
      List.of(
          "messageId", "type+(userId or anonymousId)+(originalTimestamp or timestamp or sentAt)");

  /**
   * Where an id has alternatives and joins, each whole alternative must identify an event by
   * itself: a value that is unique within its type only must be in brackets instead.
   */
  @Test
  void wholeAlternativesIdentifyAnEventAlone() {
    Map<String, List<String>> found = new TreeMap<>();
    for (Provider provider : Catalogue.bundled().all()) {
      provider
          .events()
          .id()
          .filter(id -> id.alternatives().size() > 1)
          .filter(id -> id.alternatives().stream().anyMatch(Expression.Alternative::isJoined))
          .ifPresent(id -> found.put(provider.name(), alone(id)));
    }

    assertThat(found)
        .containsExactly(
            Map.entry(
                "jira",
                List.of(
                    "the header X-Atlassian-Webhook-Identifier",
                    "webhookEvent+timestamp+(issue.id or comment.id or project.id)")),
            Map.entry(
                "linear", List.of("the header Linear-Delivery", "type+action+data.id+createdAt")),
            Map.entry(
                "mandrill",
                List.of("_id+event+ts", "type+action+ts+(reject.email or entry.email)")),
            Map.entry(
                "meta-whatsapp",
                List.of(
                    "@each.id+@each.status+@each.recipient_id",
                    "field+b:entry[0].id+b:entry[0].time+@index")),
            Map.entry(
                "postmark",
                List.of(
                    "RecordType+MessageID+(Recipient or Email)"
                        + "+(DeliveredAt or BouncedAt or ReceivedAt or ChangedAt)",
                    "MessageID")),
            Map.entry("segment", SEGMENT),
            Map.entry("segment-batch", SEGMENT));
  }

  private static List<String> alone(Expression id) {
    List<String> alone = new ArrayList<>();
    for (Expression.Alternative alternative : id.alternatives()) {
      alone.add(
          new Expression("", List.of(alternative))
              .inWords(Scope.of(Json.Null.VALUE, Json.Null.VALUE, 0, Map.of())));
    }
    return alone;
  }
}
