package io.millrace.flow.expression;

import dev.cel.common.CelVarDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelVariableResolver;
import io.millrace.event.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An event as expressions see it. A cleared field is absent, as if it had never been mentioned. */
public final class EventView implements CelVariableResolver {
  private static final CelType FIELDS = MapType.create(SimpleType.STRING, SimpleType.STRING);

  /** All variables, by name. */
  static final List<CelVarDecl> VARIABLES =
      List.of(
          CelVarDecl.newVarDeclaration("event_type", SimpleType.STRING),
          CelVarDecl.newVarDeclaration("source", SimpleType.STRING),
          CelVarDecl.newVarDeclaration("record.type", SimpleType.STRING),
          CelVarDecl.newVarDeclaration("record.id", SimpleType.STRING),
          CelVarDecl.newVarDeclaration("data", FIELDS),
          CelVarDecl.newVarDeclaration("previous", FIELDS));

  private final Event event;
  private @Nullable Map<String, String> data;

  public EventView(Event event) {
    this.event = event;
  }

  @Override
  public Optional<Object> find(String name) {
    return switch (name) {
      case "event_type", "source" -> Optional.of(attribute(name));
      case "record.type" -> Optional.of(event.getRecord().getType());
      case "record.id" -> Optional.of(event.getRecord().getId());
      case "data" -> Optional.of(data());
      case "previous" -> Optional.of(previous());
      default -> Optional.empty();
    };
  }

  /** The event's type or its source. */
  String attribute(String name) {
    return name.equals("source") ? event.getSource() : event.getEventType();
  }

  Map<String, String> previous() {
    return mentioned(event.getPrevious());
  }

  /** Used by most conditions, so it is created once. */
  Map<String, String> data() {
    if (data == null) {
      data = mentioned(event.getData());
    }
    return data;
  }

  private static Map<String, String> mentioned(Map<String, String> fields) {
    for (@Nullable String value : fields.values()) {
      if (value == null) {
        Map<String, String> mentioned = new HashMap<>(fields);
        mentioned.values().removeIf(Objects::isNull);
        return mentioned;
      }
    }
    return fields;
  }
}
