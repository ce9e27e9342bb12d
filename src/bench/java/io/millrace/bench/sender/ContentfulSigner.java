package io.millrace.bench.sender;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** Contentful: signs method, path and body, and headers that it lists in a header. */
record ContentfulSigner(Seal seal) implements Signer {
  private static final String SIGNATURE = "x-contentful-signature";
  private static final String LIST = "x-contentful-signed-headers";
  private static final String TIME = "x-contentful-timestamp";
  private static final String TOPIC = "x-contentful-topic";
  private static final int WINDOW = 300;

  @Override
  public Outgoing sign(Outgoing unsigned, Instant at) {
    TreeMap<String, String> headers = new TreeMap<>();
    headers.put(LIST, "");
    headers.put(TIME, TimeText.MILLISECONDS.of(at));
    unsigned.header(TOPIC).ifPresent(topic -> headers.put(TOPIC, topic));
    headers.put(LIST, String.join(",", headers.keySet()));
    StringBuilder listed = new StringBuilder();
    headers.forEach(
        (name, value) ->
            listed.append(listed.isEmpty() ? "" : ";").append(name).append(':').append(value));
    String head =
        unsigned.method() + "\n" + URI.create(unsigned.url()).getRawPath() + "\n" + listed + "\n";
    return unsigned
        .with(LIST, headers.get(LIST))
        .with(TIME, headers.get(TIME))
        .with(SIGNATURE, seal.hex(Seal.utf8(head), unsigned.body()));
  }

  @Override
  public Proof proof() {
    return Proof.header(SIGNATURE, Proof.Shows.BODY)
        .timed(Proof.Place.HEADER, TIME, Optional.of(WINDOW));
  }
}
