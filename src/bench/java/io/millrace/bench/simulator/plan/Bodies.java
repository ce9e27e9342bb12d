package io.millrace.bench.simulator.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.millrace.bench.simulator.life.Json;
import io.millrace.bench.simulator.life.SimulatedEvent;
import io.millrace.bench.simulator.life.SourceNames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The bytes of a request's body, formatted as its sender formats them. */
public final class Bodies {
  /** Senders that post an array whether it holds one event or many. */
  private static final Set<String> ALWAYS_ARRAYS = Set.of(SourceNames.CRM, SourceNames.EMAIL);

  private Bodies() {}

  static byte[] of(String source, List<SimulatedEvent> events) {
    if (events.size() == 1 && !ALWAYS_ARRAYS.contains(source)) {
      return Json.bytes(events.get(0).body());
    }
    ArrayNode array = Json.array();
    events.forEach(event -> array.add(event.body()));
    String text = Json.text(array);
    // SendGrid ends its bodies with a line break, which is signed along with the rest.
    String end = SourceNames.EMAIL.equals(source) ? "\r\n" : "";
    return (text + end).getBytes(StandardCharsets.UTF_8);
  }

  static byte[] cutOff(byte[] body) {
    return Arrays.copyOf(body, Math.max(1, body.length / 2));
  }

  static byte[] oversized(int bytes) {
    byte[] body = new byte[bytes];
    Arrays.fill(body, (byte) ' ');
    return body;
  }

  /** The body with one bit changed. */
  public static byte[] tampered(byte[] body) {
    byte[] changed = body.clone();
    changed[changed.length / 2] ^= 1;
    return changed;
  }
}
