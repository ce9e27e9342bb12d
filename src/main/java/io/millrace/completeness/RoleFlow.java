package io.millrace.completeness;

import java.util.List;
import java.util.Map;

/**
 * What a role reads and writes.
 *
 * @param name the role
 * @param inputs the topics its events come from
 * @param loops topics it writes and reads again
 * @param outputs the steps that may hold back what belongs on a topic, for each topic it writes
 */
public record RoleFlow(
    String name, List<String> inputs, List<String> loops, Map<String, List<Held>> outputs) {

  public RoleFlow {
    inputs = List.copyOf(inputs);
    loops = List.copyOf(loops);
    outputs = Map.copyOf(outputs);
  }

  /**
   * Where a step of a role keeps what it holds back.
   *
   * @param store name of the store
   * @param inWords what is held, for people
   */
  public record Held(String role, String store, String inWords) {}
}
