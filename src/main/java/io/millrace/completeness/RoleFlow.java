package io.millrace.completeness;

import java.util.List;
import java.util.Map;

/**
 * What a role reads and writes.
 *
 * @param name the role
 * @param inputs the topics its events come from
 * @param loops topics it writes and reads again
 * @param outputs for each topic it writes, the steps that may hold events of that topic
 */
public record RoleFlow(
    String name, List<String> inputs, List<String> loops, Map<String, List<Held>> outputs) {

  public RoleFlow {
    inputs = List.copyOf(inputs);
    loops = List.copyOf(loops);
    outputs = Map.copyOf(outputs);
  }

  /**
   * The store of a role's held events.
   *
   * @param store name of the store
   * @param inWords a description of the held events
   */
  public record Held(String role, String store, String inWords) {}
}
