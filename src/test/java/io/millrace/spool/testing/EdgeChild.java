package io.millrace.spool.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** {@code millrace edge} in a process of its own, with a spooling source and no Kafka anywhere. */
public final class EdgeChild implements AutoCloseable {
  static final String SECRET = "a-secret-for-tests";
  private static final Pattern ADDRESS =
      Pattern.compile("accepts deliveries at (https?://127\\.0\\.0\\.1:\\d+)/");

  private final Process process;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private EdgeChild(Process process) {
    this.process = process;
    reader = Thread.ofVirtual().start(this::read);
  }

  /**
   * How to start it.
   *
   * @param heap the most it may use, such as 256m
   * @param classPath what it is started from
   * @param settings in addition to free ports and no Kafka
   * @param sources further sources than "forms", by name: the text of their files
   */
  public record Launch(
      String heap, String classPath, Map<String, String> settings, Map<String, String> sources) {
    public Launch {
      settings = Map.copyOf(settings);
      sources = Map.copyOf(sources);
    }

    /** From the classes under test, with a heap that is enough. */
    public static Launch usual() {
      return new Launch("256m", System.getProperty("java.class.path"), Map.of(), Map.of());
    }

    public Launch with(Map<String, String> otherSettings) {
      return new Launch(heap, classPath, otherSettings, sources);
    }

    public Launch from(String otherClassPath) {
      return new Launch(heap, otherClassPath, settings, sources);
    }

    public Launch withHeap(String most) {
      return new Launch(most, classPath, settings, sources);
    }

    public Launch connecting(Map<String, String> otherSources) {
      return new Launch(heap, classPath, settings, otherSources);
    }
  }

  /**
   * Starts an edge in a process of its own.
   *
   * @param folder for its sources, and its spool in {@code spool}
   */
  public static EdgeChild start(Path folder) throws IOException {
    return start(folder, Launch.usual());
  }

  /** Starts an edge in a process of its own, in a way of its own. */
  public static EdgeChild start(Path folder, Launch launch) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("sources"));
    Files.writeString(sources.resolve("secret"), SECRET);
    Files.writeString(
        sources.resolve("forms.yaml"),
        "source: forms\nprovider: generic-hmac\nspool: true\nsecrets: [{ref: file:secret}]\n");
    for (Map.Entry<String, String> source : launch.sources().entrySet()) {
      Files.writeString(sources.resolve(source.getKey() + ".yaml"), source.getValue());
    }
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + launch.heap(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            launch.classPath(),
            "io.millrace.Main",
            "edge",
            "--sources",
            sources.toString()));
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("edge.port", "0");
    settings.put("console.port", "0");
    settings.put("kafka.bootstrap.servers", "127.0.0.1:" + freePort());
    settings.put("registry.url", "http://127.0.0.1:" + freePort() + "/apis/ccompat/v7");
    settings.put("edge.spool.directory", folder.resolve("spool").toString());
    settings.putAll(launch.settings());
    settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    return new EdgeChild(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** A port nobody listens on. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void read() {
    try (var lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        // One line for each delivery would be all there is.
        if (!line.contains("Accepted a delivery")) {
          said.add(line);
        }
      }
    } catch (IOException ended) {
      throw new UncheckedIOException(ended);
    }
  }

  /** The address at which it accepts deliveries, once it does. */
  public URI address() {
    return await("the edge listens")
        .atMost(Duration.ofSeconds(60))
        .until(this::findAddress, Optional::isPresent)
        .orElseThrow();
  }

  private Optional<URI> findAddress() {
    if (!process.isAlive()) {
      throw new IllegalStateException("The edge has ended: " + said());
    }
    Matcher address = ADDRESS.matcher(said());
    return address.find()
        ? Optional.of(URI.create(address.group(1) + "/in/forms"))
        : Optional.empty();
  }

  /** Waits for its end. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("The edge does not end: " + said());
    }
    reader.join();
    return process.exitValue();
  }

  /** What proves a delivery to "forms" genuine, in hexadecimal digits. */
  public static String signature(String body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public String said() {
    return String.join("\n", said);
  }

  /** From now on the system refuses what would make a file larger; false where it cannot. */
  public boolean limitFiles(String bytes) throws InterruptedException {
    try {
      return new ProcessBuilder("prlimit", "--pid=" + process.pid(), "--fsize=" + bytes + ":")
              .start()
              .waitFor()
          == 0;
    } catch (IOException notOnThisSystem) {
      return false;
    }
  }

  /** {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    exitCode();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
