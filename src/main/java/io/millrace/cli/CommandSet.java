package io.millrace.cli;

import java.util.List;

/**
 * Commands of another artifact, which the program offers when that artifact is on its class path.
 * Found by {@link java.util.ServiceLoader}.
 */
public interface CommandSet {
  List<Subcommand> commands();
}
