package io.millrace.completeness;

import java.util.List;
import java.util.Map;

/**
 * What a role reads and writes. Roles that read what each other writes advance together, as one.
 *
 * @param name the role, or the roles
 * @param inputs the topics its events come from
 * @param loops what it reads besides: topics it writes itself, and topics without a mark
 * @param outputs for each topic it writes, the steps that may hold events of that topic
 * @param mostRounds after the loops have been read so many times, nothing of the inputs is left in
 *     them
 */
public record RoleFlow(
    String name,
    List<Read> inputs,
    List<Read> loops,
    Map<String, List<Held>> outputs,
    int mostRounds) {

  public RoleFlow {
    inputs = List.copyOf(inputs);
    loops = List.copyOf(loops);
    outputs = Map.copyOf(outputs);
  }

  /** A topic and a role that reads it. */
  public record Read(String role, String topic) {}

  /**
   * The store of a role's held events.
   *
   * @param store name of the store
   * @param inWords a description of the held events
   */
  public record Held(String role, String store, String inWords) {}
}
