package io.millrace.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;

/**
 * Guards the REST API of a Kafka Connect worker, which by itself obeys everybody who reaches it. A
 * request has to name the worker by one of its own names: a web page whose name resolves to this
 * machine (DNS rebinding) is refused. And whatever changes or validates a connector requires a
 * password, because Connect fills secrets into configurations and repeats them in its answers.
 *
 * <p>Loaded with {@code rest.extension.classes}. Its settings in the worker's properties are {@link
 * #PASSWORD} and {@link #HOSTS}.
 */
public final class RestGuard implements ConnectRestExtension {
  /** The password for changes, sent with HTTP basic authentication by any user name; required. */
  public static final String PASSWORD = "millrace.rest.password";

  /**
   * Names of this worker in the {@code Host} header in addition to the loopback ones, separated by
   * commas, without a port.
   */
  public static final String HOSTS = "millrace.rest.hosts";

  private static final int UNAUTHORIZED = 401;

  /** Sent to a server that does not have the name in the request. */
  private static final int MISDIRECTED = 421;

  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /** What workers send each other; Connect checks their signature. */
  private static final Pattern AMONG_WORKERS =
      Pattern.compile("(POST /?connectors/[^/]+/tasks|PUT /?connectors/[^/]+/fence)/?");

  private String password = "";
  private Set<String> hosts = Set.copyOf(LOOPBACK);

  @Override
  public void configure(Map<String, ?> properties) {
    password = text(properties, PASSWORD);
    if (password.isEmpty()) {
      throw new ConfigException(
          PASSWORD + " is empty: set it to the password that changes of connectors require");
    }
    hosts =
        Stream.concat(LOOPBACK.stream(), Arrays.stream(text(properties, HOSTS).split(",")))
            .map(host -> host.strip().toLowerCase(Locale.ROOT))
            .filter(host -> !host.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  private static String text(Map<String, ?> properties, String key) {
    return Optional.ofNullable(properties.get(key)).map(String::valueOf).orElse("").strip();
  }

  @Override
  public void register(ConnectRestExtensionContext context) {
    context.configurable().register(new Filter());
  }

  @Override
  public String version() {
    return AppInfoParser.getVersion();
  }

  @Override
  public void close() {
    // It holds nothing.
  }

  /**
   * The answer to a request that is not allowed.
   *
   * @param method in upper case
   * @param path below the root
   * @param host the {@code Host} header, empty if there is none
   * @param authorization the {@code Authorization} header, empty if there is none
   */
  Optional<Response> refusal(String method, String path, String host, String authorization) {
    if (!hosts.contains(PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst(""))) {
      return Optional.of(
          refused(
              MISDIRECTED,
              "this worker has no such name; add it to " + HOSTS + " if it is one of yours"));
    }
    boolean isFree =
        READING.contains(method) || AMONG_WORKERS.matcher(method + " " + path).matches();
    return isFree || hasPassword(authorization)
        ? Optional.empty()
        : Optional.of(
            refused(
                UNAUTHORIZED,
                "changes require the password of " + PASSWORD + ", as basic authentication"));
  }

  private boolean hasPassword(String authorization) {
    if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return false;
    }
    try {
      String shown =
          new String(Base64.getDecoder().decode(authorization.substring(6).strip()), UTF_8);
      String given = shown.substring(shown.indexOf(':') + 1);
      return MessageDigest.isEqual(password.getBytes(UTF_8), given.getBytes(UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  /** In the form of Connect's own errors. */
  private static Response refused(int status, String message) {
    Response.ResponseBuilder answer =
        Response.status(status)
            .type(MediaType.APPLICATION_JSON_TYPE)
            .entity(Map.of("error_code", status, "message", message));
    return status == UNAUTHORIZED
        ? answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Kafka Connect\"").build()
        : answer.build();
  }

  @PreMatching
  private final class Filter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      refusal(
              request.getMethod(),
              request.getUriInfo().getPath(),
              header(request, HttpHeaders.HOST),
              header(request, HttpHeaders.AUTHORIZATION))
          .ifPresent(request::abortWith);
    }

    private static String header(ContainerRequestContext request, String name) {
      return Optional.ofNullable(request.getHeaderString(name)).orElse("");
    }
  }
}
