package io.millrace.kafka.streams;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * What a process of the flow is called in its groups when no setting says so: after its host and
 * its state directory, which no two processes share. It is the same again after a restart, so that
 * the process gets its partitions back without a rebalance; it must never be that of another
 * process, or each of the two throws the other out.
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
