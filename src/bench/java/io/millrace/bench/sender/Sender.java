package io.millrace.bench.sender;

import java.util.Map;
import java.util.function.Function;

/** A row of the table of senders: its kind of secret, and how it signs with one. */
record Sender(KeyKind keys, Function<String, Signer> signer) {

  static Map.Entry<String, Sender> row(String provider, Function<String, Signer> signer) {
    return row(provider, KeyKind.TEXT, signer);
  }

  static Map.Entry<String, Sender> row(
      String provider, KeyKind keys, Function<String, Signer> signer) {
    return Map.entry(provider, new Sender(keys, signer));
  }
}
