package io.millrace.fuzz;

import io.millrace.bench.sample.SampleBooks;
import io.millrace.bench.sender.Outgoing;
import io.millrace.bench.sender.Proof;
import io.millrace.bench.sender.Signer;
import io.millrace.bench.sender.Signers;
import io.millrace.bench.sender.SigningKeys;
import io.millrace.bench.simulator.SampleSender;
import io.millrace.bench.simulator.life.Run;
import io.millrace.bench.simulator.plan.FaultRates;
import io.millrace.provider.Catalogue;
import io.millrace.provider.Provider;
import io.millrace.source.Source;
import io.millrace.verify.Secret;
import io.millrace.verify.Verifier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An entry of the catalogue under attack: genuine requests of it, and the same ones signed by a
 * stranger. The keys are drawn anew in each run, so that no input can hold them.
 */
record Target(
    Provider provider,
    SigningKeys keys,
    Signer signer,
    Verifier verifier,
    List<Secret> secrets,
    Source source,
    List<Outgoing> genuine,
    List<Outgoing> strange) {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
  private static final String URL = "https://hooks.example.com/in/tested";
  private static final int REQUESTS = 4;

  /** Drawn once: key pairs take their time. */
  private static final List<Target> ALL =
      Catalogue.bundled().all().stream().map(Target::of).toList();

  static List<Target> all() {
    return ALL;
  }

  private static Target of(Provider provider) {
    SigningKeys keys = SigningKeys.draw(provider.name());
    Signer signer = Signers.of(provider.name(), keys.signing());
    Signer stranger = Signers.of(provider.name(), SigningKeys.draw(provider.name()).signing());
    return new Target(
        provider,
        keys,
        signer,
        new Verifier(provider.verification()),
        secrets(provider, keys.verifying()),
        source(provider),
        requests(provider, signer),
        requests(provider, stranger));
  }

  private static List<Outgoing> requests(Provider provider, Signer signer) {
    SampleSender sender =
        new SampleSender(
            SampleBooks.find(provider.name()).orElseThrow(),
            signer,
            signer,
            URL,
            Run.ofSeed(1, REQUESTS, NOW),
            FaultRates.ofOneSource(0, 0, 0));
    return Stream.generate(() -> sender.next(NOW).request()).limit(REQUESTS).toList();
  }

  private static List<Secret> secrets(Provider provider, String value) {
    return Stream.concat(provider.verification().uses().stream(), Stream.of(Secret.HANDSHAKE))
        .map(use -> new Secret("env:" + use, value, Optional.empty(), Optional.empty(), use))
        .toList();
  }

  private static Source source(Provider provider) {
    return Source.unconfigured("tested", provider);
  }

  Proof proof() {
    return signer.proof();
  }

  @Override
  public String toString() {
    return provider.name();
  }
}
