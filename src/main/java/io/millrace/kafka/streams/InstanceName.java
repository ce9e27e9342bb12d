package io.millrace.kafka.streams;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * The default name of a process of the flow in its groups, derived from its host and its state
 * directory, which no two processes share. It stays the same across restarts, so that the process
 * gets its partitions back without a rebalance. Two processes with the same name would evict each
 * other.
 */
final class InstanceName {
  private static final int LONGEST_HOST = 60;

  private InstanceName() {}

  static String of(Path stateDirectory) {
    return of(host(), stateDirectory);
  }

  static String of(String host, Path stateDirectory) {
    String readable = host.replaceFirst("\\..*", "").replaceAll("[^A-Za-z0-9_-]", "-");
    CRC32 rest = new CRC32();
    rest.update(
        (host + '\n' + stateDirectory.toAbsolutePath().normalize())
            .getBytes(StandardCharsets.UTF_8));
    return "%s-%08x"
        .formatted(
            readable.substring(0, Math.min(LONGEST_HOST, readable.length())), rest.getValue());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "host";
    }
  }
}
