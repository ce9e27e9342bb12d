package io.millrace.edge.wire;

import io.millrace.config.setting.Default;
import io.millrace.config.setting.Key;
import io.millrace.config.setting.MustBe;
import io.millrace.config.setting.Range;
import io.millrace.config.setting.Says;
import io.millrace.config.setting.Size;
import java.time.Duration;

/** How the edge listens, and its limits. */
public record EdgeSettings(
    @Key("edge.instance")
        @Default("1")
        @MustBe(value = "letters, digits, - and _", matching = "[\\w-]{1,100}")
        @Says(
            "Distinguishes the edges of one cluster on completeness-marks; must stay the same"
                + " across restarts.")
        String instance,
    @Key("edge.host")
        @Default("127.0.0.1")
        @MustBe(value = "a host name or an IP address", matching = "[\\w.:-]+")
        @Says("Address the edge listens on.")
        String host,
    @Key("edge.port")
        @Default("8080")
        @Range(from = "0", to = "65535")
        @Says("Port the edge listens on; 0 picks a free one.")
        int port,
    @Key("edge.body.limit")
        @Default("1 MB")
        @Size(from = "1 B", to = "7 MB")
        @Says(
            "Largest request body; a larger one is answered with 413. The limit of a topic is 8"
                + " MB.")
        int maxBodyBytes,
    @Key("edge.header.limit")
        @Default("16 kB")
        @Size(from = "1024 B", to = "1 MB")
        @Says("Largest size of the request line and headers together.")
        int maxHeaderBytes,
    @Key("edge.append.timeout")
        @Default("PT8S")
        @Range(from = "PT0.1S", to = "PT5M")
        @Says(
            "How long a request may wait for Kafka before it is answered with 503 and the"
                + " sender retries.")
        Duration appendTimeout,
    @Key("edge.request.timeout")
        @Default("PT30S")
        @Range(from = "PT0.1S", to = "PT10M")
        @Says("How long a request may take to arrive in full.")
        Duration requestTimeout,
    @Key("edge.idle.timeout")
        @Default("PT15S")
        @Range(from = "PT0.1S", to = "PT10M")
        @Says("How long a connection may be idle.")
        Duration idleTimeout,
    @Key("edge.drain.time")
        @Default("PT10S")
        @Range(from = "PT0S", to = "PT5M")
        @Says("How long a stopping edge waits for requests in progress.")
        Duration drainTime,
    @Key("edge.secrets.unused.after")
        @Default("P1D")
        @Range(from = "PT1S", to = "P90D")
        @Says(
            "A secret that was not used for this long, while another secret of its source was,"
                + " is reported: it can probably be removed.")
        Duration unusedSecretAfter,
    ReplaySettings replay,
    NetworkSettings network,
    InspectorSettings inspector) {

  /** The scheme of its URLs: http or https. */
  public String scheme() {
    return network.tls().isPresent() ? "https" : "http";
  }

  /** The same with other limits for all senders together. */
  public EdgeSettings withLimits(LimitSettings limits) {
    return new EdgeSettings(
        instance,
        host,
        port,
        maxBodyBytes,
        maxHeaderBytes,
        appendTimeout,
        requestTimeout,
        idleTimeout,
        drainTime,
        unusedSecretAfter,
        replay,
        new NetworkSettings(network.tls(), network.proxies(), limits),
        inspector);
  }
}
