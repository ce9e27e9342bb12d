package io.millrace.stack.simulator.sender;

import static io.millrace.stack.simulator.sender.KeyKind.PASSWORD;
import static io.millrace.stack.simulator.sender.Sender.row;

import java.util.Map;

/** Senders that cannot sign, and show a secret or nothing. */
final class CredentialSigners {
  private CredentialSigners() {}

  static Map<String, Sender> table() {
    return Map.ofEntries(
        row("api-key", s -> CredentialSigner.header("X-API-Key", s)),
        row("basic", PASSWORD, CredentialSigner::basic),
        row("bearer", CredentialSigner::bearer),
        row("braze-currents", CredentialSigner::bearer),
        row("chargebee", PASSWORD, CredentialSigner::basic),
        row("google-lead", s -> CredentialSigner.json("google_key", s)),
        row("iterable", s -> CredentialSigner.header("Authorization", s)),
        row("mailchimp", CredentialSigner::path),
        row("path-token", CredentialSigner::path),
        row("pipedrive", PASSWORD, CredentialSigner::basic),
        row("unsigned", s -> CredentialSigner.nothing()));
  }
}
