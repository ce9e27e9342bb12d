package io.millrace.edge.wire;

import io.millrace.config.setting.Default;
import io.millrace.config.setting.Key;
import io.millrace.config.setting.Range;
import io.millrace.config.setting.Says;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How the edge authenticates itself to senders, and senders to the edge. */
public record TlsSettings(
    @Key("edge.tls.certificate")
        @Says(
            "PEM file with the certificate of the edge and its chain; turns edge.port into an"
                + " HTTPS port."
                + " See docs/edge-network.md.")
        Path certificate,
    @Key("edge.tls.key") @Says("PEM file with the private key of that certificate, RSA or EC.")
        Path key,
    @Key("edge.tls.key.passphrase") @Says("Passphrase of the key, if it is encrypted.")
        Optional<String> passphrase,
    @Key("edge.tls.client.ca")
        @Says(
            "PEM file with the CAs that sign senders' certificates. If set, every sender must"
                + " present one; if not, none is needed.")
        Optional<Path> clientCa,
    @Key("edge.tls.reload.interval")
        @Default("PT10S")
        @Range(from = "PT0.1S", to = "P1D")
        @Says("How often the PEM files are checked for changes.")
        Duration reloadInterval) {

  /** Without the passphrase. */
  @Override
  public String toString() {
    return "TlsSettings[certificate=%s, key=%s, clientCa=%s, reloadInterval=%s]"
        .formatted(certificate, key, clientCa, reloadInterval);
  }
}
