package io.millrace.tidy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Remembers the code that added a meter to a registry, to be compared with all code that does so: a
 * meter that nobody registered in a test is on no page.
 */
final class RegisteredMeters {
  private static final String MICROMETER = "io.micrometer.core.instrument";
  private static final Path CLASSES = Checkout.ROOT.resolve("target/classes/io/millrace");
  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(\\w+)\\$\\d+");

  /** Their meters are added later, by a method that no longer knows their names. */
  private static final String ROWS = MICROMETER + ".MultiGauge";

  /** The names of the meters that each piece of code had a part in adding. */
  private final Map<String, Set<String>> executed = new TreeMap<>();

  private final List<PrometheusMeterRegistry> registries = new ArrayList<>();

  /** A registry that is watched. */
  PrometheusMeterRegistry registry() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().onMeterAdded(this::remember);
    registries.add(registry);
    return registry;
  }

  private synchronized void remember(Meter added) {
    StackWalker.getInstance()
        .forEach(
            frame ->
                executed
                    .computeIfAbsent(
                        site(frame.getClassName(), frame.getMethodName()),
                        unseen -> new TreeSet<>())
                    .add(added.getId().getName()));
  }

  /** What all of the registries show. */
  MetricsPage page() {
    return MetricsPage.of(
        registries.stream().map(PrometheusMeterRegistry::scrape).collect(Collectors.joining()));
  }

  /** Code that adds meters and was not executed, as class and method. */
  List<String> missed() {
    return new ClassFileImporter()
        .importPaths(measuring()).stream()
            .flatMap(this::sites)
            .distinct()
            .filter(site -> !executed.containsKey(site))
            .sorted()
            .toList();
  }

  /** Class files that name Micrometer's classes; to import all of them takes long. */
  private static List<Path> measuring() {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(RegisteredMeters::knowsMicrometer)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean knowsMicrometer(Path file) {
    return read(file).contains(MICROMETER.replace('.', '/'));
  }

  /** The methods of a class that add meters, and those that have another one do it by name. */
  private Stream<String> sites(JavaClass type) {
    Set<String> adding =
        type.getMethodCallsFromSelf().stream()
            .filter(RegisteredMeters::addsMeter)
            .map(call -> site(call.getOrigin()))
            .collect(Collectors.toSet());
    Stream<String> calling =
        type.getMethodCallsFromSelf().stream()
            .filter(call -> call.getTargetOwner().equals(type))
            .filter(call -> addsMany(site(type.getName(), call.getName()), adding))
            .map(call -> site(call.getOrigin()));
    return Stream.concat(adding.stream(), calling);
  }

  private boolean addsMany(String site, Set<String> adding) {
    return adding.contains(site) && executed.getOrDefault(site, Set.of()).size() > 1;
  }

  private static boolean addsMeter(JavaMethodCall call) {
    String owner = call.getTargetOwner().getName();
    String name = call.getTarget().getName();
    boolean isBuilder = name.equals("builder") && !owner.equals(ROWS);
    boolean isShortcut =
        owner.equals(MICROMETER + ".MeterRegistry")
            && Set.of("counter", "gauge", "timer", "summary", "more").contains(name);
    boolean isRow = owner.equals(ROWS) && name.equals("register");
    return isRow || (owner.startsWith(MICROMETER) && (isBuilder || isShortcut));
  }

  private static String site(JavaCodeUnit unit) {
    return site(unit.getOwner().getName(), unit.getName());
  }

  private static String site(String type, String method) {
    Matcher lambda = LAMBDA.matcher(method);
    return type + "." + (lambda.matches() ? lambda.group(1) : method);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
