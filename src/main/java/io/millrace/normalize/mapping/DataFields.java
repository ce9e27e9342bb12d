package io.millrace.normalize.mapping;

import io.millrace.model.Reason;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Extracts an event's data from an element, by canonical field name. */
public record DataFields(EventExtraction extraction, Mapping mapping, Map<String, String> names) {

  public static DataFields of(EventExtraction extraction, Mapping mapping) {
    Map<String, String> names = new HashMap<>(extraction.fields());
    names.putAll(mapping.names());
    return new DataFields(extraction, mapping, Map.copyOf(names));
  }

  /**
   * All data of the element.
   *
   * @throws RefusedException INVALID_FIELD when something should be an object and is not
   */
  public Map<String, Json> data(Scope scope) throws RefusedException {
    Map<String, Json> data = new LinkedHashMap<>();
    if (extraction.data().isPresent()) {
      Set<String> changed = changed(scope);
      Expression path = extraction.data().get();
      Json object = object(path, scope);
      for (Map.Entry<String, Json> member : members(object, () -> path.inWords(scope))) {
        boolean counts = changed.isEmpty() || changed.contains(member.getKey());
        if (counts && !extraction.omit().contains(member.getKey())) {
          data.put(canonical(member.getKey()), member.getValue());
        }
      }
    }
    extraction.pairs().ifPresent(pairs -> addPairs(pairs, scope, data));
    extraction
        .add()
        .forEach((name, path) -> path.value(scope).ifPresent(v -> data.putIfAbsent(name, v)));
    mapping
        .fields()
        .forEach(field -> field.path().ifPresent(path -> addMapped(field, path, scope, data)));
    // An entry may also refer to the canonical name from the provider's table.
    for (FieldMapping field : mapping.fields()) {
      if (!field.from().equals(field.to()) && data.containsKey(field.from())) {
        data.putIfAbsent(field.to(), data.get(field.from()));
        data.remove(field.from());
      }
    }
    return data;
  }

  /** The values before the change; empty if the sender sends none. */
  public Map<String, Json> previous(Scope scope) throws RefusedException {
    Map<String, Json> previous = new LinkedHashMap<>();
    if (extraction.previous().isPresent()) {
      PreviousRule rule = extraction.previous().get();
      Optional<Json> object = rule.path().first(scope.element());
      if (object.isPresent()) {
        for (Map.Entry<String, Json> member : members(object.get(), rule.path()::toString)) {
          Json value = member.getValue();
          Optional<Json> old =
              extraction.omit().contains(member.getKey())
                  ? Optional.empty()
                  : rule.value().map(path -> path.first(value)).orElse(Optional.of(value));
          old.ifPresent(found -> previous.put(canonical(member.getKey()), found));
        }
      }
    }
    extraction
        .before()
        .forEach((name, path) -> path.value(scope).ifPresent(value -> previous.put(name, value)));
    return previous;
  }

  /**
   * The data, completed with the mapping table's values for fields that the event does not mention.
   */
  public Map<String, Json> completed(Map<String, Json> data, String eventType) {
    if (mapping.fields().isEmpty()) {
      return data;
    }
    Map<String, Json> completed = new LinkedHashMap<>(data);
    for (FieldMapping field : mapping.fields()) {
      if (field.isFor(eventType) && !completed.containsKey(field.to())) {
        switch (field.missing()) {
          case KEEP, REFUSE -> {}
          case NULL -> completed.put(field.to(), Json.Null.VALUE);
          case DEFAULT -> completed.put(field.to(), Json.Text.of(field.value().orElse("")));
        }
      }
    }
    return completed;
  }

  /** Fields that the mapping table requires for such an event and the data does not have. */
  public List<FieldMapping> missing(Map<String, Json> data, String eventType) {
    if (mapping.fields().isEmpty()) {
      return List.of();
    }
    return mapping.fields().stream()
        .filter(field -> field.missing() == FieldMapping.Missing.REFUSE)
        .filter(field -> field.isFor(eventType) && !data.containsKey(field.to()))
        .toList();
  }

  /** The changed fields, {@code Name} for {@code Name.First}; empty if all fields count. */
  private Set<String> changed(Scope scope) {
    return extraction.only().map(path -> path.texts(scope)).orElse(List.of()).stream()
        .map(name -> name.substring(0, name.indexOf('.') < 0 ? name.length() : name.indexOf('.')))
        .collect(Collectors.toSet());
  }

  private String canonical(String name) {
    return names.getOrDefault(name, name);
  }

  private void addPairs(PairsRule pairs, Scope scope, Map<String, Json> data) {
    List<Json> items =
        pairs.items().map(path -> path.all(scope.element())).orElse(List.of(scope.element()));
    for (Json item : items) {
      List<Json> each = item instanceof Json.Items list ? list.elements() : List.of(item);
      for (Json pair : each) {
        Scope within = scope.within(pair, data);
        pairs
            .name()
            .text(within)
            .ifPresent(
                name ->
                    data.put(canonical(name), pairs.value().value(within).orElse(Json.Null.VALUE)));
      }
    }
  }

  private static void addMapped(
      FieldMapping field, Expression path, Scope scope, Map<String, Json> data) {
    path.value(scope).ifPresent(value -> data.put(field.to(), value));
  }

  /** The first alternative that is an object, else the first one. */
  private static Json object(Expression path, Scope scope) {
    List<Json> values = path.values(scope);
    for (Json value : values) {
      if (value instanceof Json.Fields) {
        return value;
      }
    }
    return values.isEmpty() ? Json.Null.VALUE : values.getFirst();
  }

  private static Iterable<Map.Entry<String, Json>> members(Json value, Supplier<String> where)
      throws RefusedException {
    return switch (value) {
      case Json.Fields fields -> fields.members().entrySet();
      case Json.Null none -> List.of();
      case Json.Items items -> throw notAnObject(where.get());
      case Json.Text text -> throw notAnObject(where.get());
      case Json.Literal literal -> throw notAnObject(where.get());
    };
  }

  private static RefusedException notAnObject(String where) {
    return new RefusedException(Reason.INVALID_FIELD, where + " is not an object with fields.");
  }
}
