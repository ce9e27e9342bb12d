package io.millrace.console;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the console has to know of an edge in the same process to show what it received. */
public interface EdgeView {

  /** The last requests to all sources, the newest first. Their content is masked. */
  Stream<SeenDelivery> deliveries();

  /**
   * One of them.
   *
   * @param id its own, or that of the delivery it became
   */
  Optional<SeenDelivery> delivery(String id);

  /** The connected sources, by name. */
  List<SeenSource> sources();
}
