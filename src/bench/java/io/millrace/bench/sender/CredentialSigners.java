package io.millrace.bench.sender;

import static io.millrace.bench.sender.KeyKind.PASSWORD;
import static io.millrace.bench.sender.Sender.row;

import java.util.Map;

/** Senders that do not sign, and send a secret or nothing. */
final class CredentialSigners {
  private CredentialSigners() {}

  static Map<String, Sender> table() {
    return Map.ofEntries(
        row("activecampaign", CredentialSigner::path),
        row("aircall", s -> CredentialSigner.json("token", s)),
        row("amplitude", CredentialSigners::apiKey),
        row("amplitude-cohorts", CredentialSigners::apiKey),
        row("api-key", CredentialSigners::apiKey),
        row("apollo", CredentialSigner::path),
        row("basic", PASSWORD, CredentialSigner::basic),
        row("bearer", CredentialSigner::bearer),
        row("braze-currents", CredentialSigner::bearer),
        row("brevo", CredentialSigner::bearer),
        row("chargebee", PASSWORD, CredentialSigner::basic),
        row("copper", CredentialSigners::apiKey),
        row("gitlab-token", s -> CredentialSigner.header("X-Gitlab-Token", s)),
        row("gong-url", CredentialSigner::path),
        row("google-lead", s -> CredentialSigner.json("google_key", s)),
        row("instantly", CredentialSigner::path),
        row("iterable", s -> CredentialSigner.header("Authorization", s)),
        row("jotform", CredentialSigner::path),
        row("lemlist", CredentialSigner::path),
        row("mailchimp", CredentialSigner::path),
        row("marketo", CredentialSigners::apiKey),
        row("mixpanel", PASSWORD, CredentialSigner::basic),
        row("monday-url", CredentialSigner::path),
        row("path-token", CredentialSigner::path),
        row("pipedrive", PASSWORD, CredentialSigner::basic),
        row("posthog", CredentialSigners::apiKey),
        row("postmark", PASSWORD, CredentialSigner::basic),
        row("ringcentral", s -> CredentialSigner.header("Validation-Token", s)),
        row("salesforce-om", CredentialSigner::path),
        row("unsigned", s -> CredentialSigner.nothing()));
  }

  private static CredentialSigner apiKey(String secret) {
    return CredentialSigner.header("X-API-Key", secret);
  }
}
