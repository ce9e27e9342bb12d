package io.millrace.app;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Traffic for {@code io.millrace.Training}, from an artifact that is not deployed. Found by {@link
 * java.util.ServiceLoader}.
 */
public interface TrainingTraffic {

  /**
   * Writes the file and the keys of a source for each provider that will send.
   *
   * @param folder the folder of sources of the edge that is trained
   */
  void connect(Path folder) throws IOException;

  /**
   * Sends signed requests of each provider to an edge on this machine.
   *
   * @param folder the folder that {@link #connect} has written to
   * @param port the edge's port on the loopback address
   * @return whether the edge accepted them
   */
  boolean send(Path folder, int port);
}
