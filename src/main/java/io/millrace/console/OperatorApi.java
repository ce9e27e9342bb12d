package io.millrace.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.millrace.edge.inspect.InspectedDelivery;
import io.millrace.source.Source;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** {@code /api}: the requests received by the edge of this process, as JSON. */
final class OperatorApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final GuardApi guard;
  private final Optional<EdgeView> edge;
  private final Clock clock;
  private final ApiCapacity capacity = new ApiCapacity();

  OperatorApi(GuardApi guard, Optional<EdgeView> edge, Clock clock) {
    this.guard = guard;
    this.edge = edge;
    this.clock = clock;
  }

  void addTo(RoutesConfig routes) {
    routes.before("/api/*", guard);
    routes.get("/api/deliveries", capacity.limit(this::list));
    routes.get("/api/deliveries/{id}", capacity.limit(this::show));
    routes.get("/api/sources", this::sources);
    routes.exception(ApiProblem.class, ApiProblem::answer);
  }

  private void list(Context context) {
    DeliveryQuery query = DeliveryQuery.of(context, clock.instant());
    List<InspectedDelivery> found =
        edge()
            .newestFirst()
            .get()
            .dropWhile(it -> query.before().filter(id -> !id.equals(it.id())).isPresent())
            .skip(query.before().isPresent() ? 1 : 0)
            .filter(query::matches)
            .limit(query.limit() + 1L)
            .toList();
    ObjectNode json = JSON.createObjectNode();
    ArrayNode listed = json.putArray("deliveries");
    found.stream().limit(query.limit()).forEach(it -> listed.add(DeliveryJson.summary(it)));
    boolean more = found.size() > query.limit();
    json.put("next", more ? found.get(query.limit() - 1).id() : null);
    answer(context, json);
  }

  private void show(Context context) {
    InspectedDelivery delivery =
        edge()
            .find()
            .apply(context.pathParam("id"))
            .orElseThrow(
                () ->
                    new ApiProblem(
                        HttpStatus.NOT_FOUND,
                        "No delivery with this id is kept here: it is too old, or was received by another"
                            + " edge; ask the console of that edge"));
    answer(context, DeliveryJson.full(delivery));
  }

  private void sources(Context context) {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode listed = json.putArray("sources");
    for (Source source : edge().sources().get()) {
      listed
          .addObject()
          .put("source", source.name())
          .put("provider", source.provider().name())
          .put("public_url", source.publicUrl().orElse(null))
          .put("staging", source.staging());
    }
    answer(context, json);
  }

  private EdgeView edge() {
    return edge.orElseThrow(
        () ->
            new ApiProblem(
                HttpStatus.NOT_FOUND,
                "This process has no edge; use the console of a process with an edge, which logs"
                    + " its address when it starts"));
  }

  private static void answer(Context context, ObjectNode json) {
    context.contentType("application/json").result(json.toString());
  }
}
