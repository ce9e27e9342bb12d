package io.millrace.stack.simulator.sender;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Every provider the simulator can sign for. */
public final class Signers {
  private static final Map<String, Function<String, Signer>> TABLE = table();

  private Signers() {}

  /** The names {@link #of} knows, sorted. */
  public static List<String> providers() {
    return List.copyOf(TABLE.keySet());
  }

  /**
   * A provider's signer.
   *
   * @param provider a name of the catalogue, variants included
   * @param secret the signing secret; where keys come in pairs the private key, base64 PKCS #8
   * @throws IllegalArgumentException if the provider is not one of {@link #providers}, or the
   *     secret no key
   */
  public static Signer of(String provider, String secret) {
    Function<String, Signer> signer = TABLE.get(provider);
    if (signer == null) {
      throw new IllegalArgumentException(
          "The simulator cannot sign for provider '" + provider + "'; it knows " + providers());
    }
    return signer.apply(secret);
  }

  private static Map<String, Function<String, Signer>> table() {
    Map<String, Function<String, Signer>> table = new TreeMap<>();
    table.putAll(BodySigners.table());
    table.putAll(TimedSigners.table());
    return table;
  }
}
