package io.millrace.flow.usage;

import io.millrace.event.ActivityMark;
import java.util.Map;

/**
 * The first events of steps that are not the first of the person, because another of the person's
 * identifiers was earlier. They count once that identifier has left. People with one identifier
 * have none.
 */
public interface OtherFirsts {

  /**
   * Those of one identifier, by step; empty if there are none.
   *
   * @param identifier as in a mark
   */
  Map<String, ActivityMark> of(String identifier);

  /** Those of all identifiers, by identifier. */
  Map<String, Map<String, ActivityMark>> all();
}
