package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.Packaged;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every class that the product can reach is in the product. Tests cannot show that: their own
 * libraries are on their class path, so a feature may work in every test and in no installation.
 */
final class PackagedClassPathIT {
  private static final String MISSING = "not found";

  /**
   * What libraries can do without, and who asks for it: annotations, and integrations that each
   * library turns on only if it finds them.
   */
  private static final Map<String, String> OPTIONAL =
      Map.ofEntries(
          Map.entry("com.aayushatharva.brotli4j", "Javalin and Netty: compression"),
          Map.entry("com.jcraft.jzlib", "Netty: compression"),
          Map.entry("io.kiota.http.vertx", "Apicurio: its other HTTP client"),
          Map.entry("io.netty", "Vert.x, of which Apicurio needs the name of one type"),
          Map.entry("io.prometheus.metrics.tracer.initializer", "Prometheus: exemplars"),
          Map.entry("io.vertx.codegen.annotations", "Vert.x: annotations"),
          Map.entry("io.vertx.ext", "Apicurio: its other HTTP client"),
          Map.entry("javax.annotation", "annotations"),
          Map.entry("org.LatencyUtils", "Micrometer: detection of pauses"),
          Map.entry("org.apache.log4j", "Netty: another logger"),
          Map.entry("org.conscrypt", "Netty: another TLS"),
          Map.entry("org.eclipse.jetty.alpn", "Netty: HTTP/2 on Java 8"),
          Map.entry("org.eclipse.jetty.npn", "Netty: SPDY on Java 8"),
          Map.entry("org.eclipse.microprofile.config", "Apicurio: Quarkus"),
          Map.entry("org.jetbrains.annotations", "Netty: annotations"),
          Map.entry("org.joda.convert", "ThreeTen: annotations"),
          Map.entry("org.osgi.framework", "Log4j: OSGi"));

  @Test
  void libraryIsMissingNothingButWhatIsOptional() throws IOException {
    Set<String> missing = missing();

    assertThat(missing)
        .as("the analysis sees what is optional, so it sees what is missing too")
        .anyMatch(name -> name.startsWith("javax.annotation."));
    assertThat(missing)
        .as("classes that the product refers to, directly or through its libraries")
        .allMatch(name -> OPTIONAL.keySet().stream().anyMatch(it -> name.startsWith(it + ".")));
  }

  private static Set<String> missing() throws IOException {
    ToolProvider jdeps =
        ToolProvider.findFirst("jdeps")
            .orElseThrow(() -> new IllegalStateException("needs a JDK, which has jdeps"));
    StringWriter lines = new StringWriter();
    int result =
        jdeps.run(
            new PrintWriter(lines),
            new PrintWriter(lines),
            "--multi-release",
            Integer.toString(Runtime.version().feature()),
            "--missing-deps",
            "--recursive",
            "-classpath",
            libraries(),
            Packaged.JAR.toString());
    assertThat(result).as(lines.toString()).isZero();
    // A line is "   class -> class that is missing    not found", below one for each jar.
    return lines
        .toString()
        .lines()
        .filter(line -> line.startsWith(" ") && line.endsWith(MISSING))
        .map(line -> line.substring(line.indexOf("->") + 2, line.length() - MISSING.length()))
        .map(String::strip)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String libraries() throws IOException {
    try (Stream<Path> jars = Files.list(Packaged.LIBRARIES)) {
      List<Path> sorted = jars.sorted(Comparator.naturalOrder()).toList();
      return sorted.stream()
          .map(Path::toString)
          .collect(Collectors.joining(System.getProperty("path.separator")));
    }
  }
}
