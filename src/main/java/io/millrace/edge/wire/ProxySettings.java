package io.millrace.edge.wire;

import io.millrace.config.setting.Default;
import io.millrace.config.setting.Key;
import io.millrace.config.setting.MustBe;
import io.millrace.config.setting.Says;
import io.millrace.source.AddressRange;
import java.util.List;

/** Which proxies are in front of the edge, and how they name the sender. */
public record ProxySettings(
    @Key("edge.trusted.proxies")
        @Default("")
        @MustBe("addresses in CIDR notation such as 10.0.0.0/8")
        @Says(
            "Proxies that are trusted to report the sender's address, and the host and scheme it"
                + " used. See docs/edge-network.md.")
        List<AddressRange> trusted,
    @Key("edge.trusted.headers")
        @Default("either")
        @Says(
            "Headers in which they report it: X-Forwarded-*, or Forwarded (RFC 7239). With"
                + " either, both are ignored if they name different addresses.")
        ForwardingHeaders headers,
    @Key("edge.proxy.protocol")
        @Default("false")
        @Says("Whether every connection begins with the PROXY protocol, version 1 or 2.")
        boolean proxyProtocol) {
  public ProxySettings {
    trusted = List.copyOf(trusted);
    if (proxyProtocol && trusted.isEmpty()) {
      throw new IllegalArgumentException(
          "edge.proxy.protocol needs edge.trusted.proxies, because no proxy is trusted without it");
    }
  }
}
