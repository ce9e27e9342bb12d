package io.millrace.bench.sender;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every provider the simulator can sign for. */
public final class Signers {
  /** Other names of the same senders. */
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("brex", "standard-webhooks"),
          Map.entry("customer-io", "customerio"),
          Map.entry("hubspot-v3", "hubspot"),
          Map.entry("incident-io", "standard-webhooks"),
          Map.entry("meta-leadgen", "meta"),
          Map.entry("recharge-v1", "recharge"),
          Map.entry("salesforce-outbound-messages", "salesforce-om"),
          Map.entry("standard", "standard-webhooks"),
          Map.entry("standard-ed25519", "standard-webhooks-v1a"),
          Map.entry("standard-webhooks-v1", "standard-webhooks"));

  private static final Map<String, Sender> TABLE = table();

  private Signers() {}

  /** The names {@link #of} knows, sorted: those of the catalogue, variants included. */
  public static List<String> providers() {
    return List.copyOf(TABLE.keySet());
  }

  /**
   * A provider's signer.
   *
   * @param provider a name or another name of a provider or variant of the catalogue
   * @param secret the signing secret; for key pairs, the private key in base64 PKCS #8
   * @throws IllegalArgumentException if the provider is unknown, or the secret is not a key for it
   */
  public static Signer of(String provider, String secret) {
    return sender(provider).signer().apply(secret);
  }

  static Sender sender(String provider) {
    Sender sender = TABLE.get(ALIASES.getOrDefault(provider, provider));
    if (sender == null) {
      throw new IllegalArgumentException(
          "The simulator cannot sign for provider '"
              + provider
              + "'; known providers are"
              + " "
              + providers());
    }
    return sender;
  }

  private static Map<String, Sender> table() {
    Map<String, Sender> table = new TreeMap<>();
    table.putAll(BodySigners.table());
    table.putAll(TimedSigners.table());
    table.putAll(ContentSigners.table());
    table.putAll(CredentialSigners.table());
    return table;
  }
}
