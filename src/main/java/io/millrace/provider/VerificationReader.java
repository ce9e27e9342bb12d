package io.millrace.provider;

import io.millrace.verify.Algorithm;
import io.millrace.verify.CombinedVerification;
import io.millrace.verify.CombinedVerification.Need;
import io.millrace.verify.Hash;
import io.millrace.verify.Secret;
import io.millrace.verify.Verification;
import io.millrace.yaml.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a {@code verification} section. Anything unknown is a fault, never accepted.
 *
 * <pre>
 * scheme: hmac       # digest, ecdsa, rsa, ed25519, jwt, token, basic, none
 * alg: sha256        # sha1, sha512
 * key: utf8          # base64, hex, pem, certificate; keyPrefix: dropped before decoding
 * label: true        # the secret is LABEL|KEY, and the signed text contains {label}
 * signature:         # where: header, headers [..], json, form or query; enc: hex, base64, base64url
 *   {header: X-Signature, format: plain, prefix: "sha256=", prefixOptional: true, enc: hex}
 *                    # format: plain; kv (sep, key); tokens (key); numbered (max); positional
 * timestamp:         # header, json, form, query, or sig: its key in the signature; unit: s, ms, iso, http
 *   {header: X-Timestamp, unit: s, tolerance: 300, enforce: true}
 * signed: "{timestamp}.{body}"
 *                    # {body} {body:firstArrayElement} {timestamp} {method} {url} {url:hubspot}
 *                    # {url:anyPort} {secret} {header:N} {json:P} {form:N} {query:N} {form:sorted}
 *                    # {body:sha256hex} {body:sha256base64} {body:crc32} {path} {label} {maybe:json:P}
 *                    # {lines:A,B}: fields of the body with their names; {headers:LIST,TIME}: listed headers
 * each: items        # the elements of this list are signed, one by one
 * bodyHash: {query: bodySHA256, alg: sha256, enc: hex}
 * same:              # pairs of places that must agree if both are there
 *   - {header: X-Webhook-Id, json: meta.webhook_id}
 * assurance: PARTIAL # only to claim less than the signed text proves
 * token: {header: Authorization, prefix: "Bearer "}   # or json, form, query, path: true
 *
 * scheme: jwt        # a JSON Web Token; key, keyPrefix and token as above, token also prefixOptional
 * alg: RS256         # HS256, ES256
 * claims: {payload_hash: "{body:sha256hex}"}          # what it must claim about the request
 * expires: true      # it must have an expiry; default: checked if present
 * issuedWithin: 300  # seconds; it must have the time it was issued
 * leeway: 60         # seconds two clocks may differ
 *
 * anyOf:             # or allOf: several such sections, each optionally with its own use:
 *   - {scheme: token, token: {header: X-Token}, use: token}   # verified by secrets with use: token
 * downgrade: accepted  # anyOf only: one may prove less than another
 * </pre>
 */
final class VerificationReader {
  private final Section section;

  VerificationReader(Section section) {
    this.section = section;
  }

  Optional<Verification> read() {
    if (section.has("anyOf")) {
      return combined("anyOf", Need.ANY);
    }
    if (section.has("allOf")) {
      return combined("allOf", Need.ALL);
    }
    return section.requiredText("scheme", "hmac").flatMap(this::byScheme);
  }

  private Optional<Verification> byScheme(String scheme) {
    return switch (scheme) {
      case "hmac" -> signed(hash().map(Algorithm.Hmac::new));
      case "digest" -> signed(hash().map(Algorithm.Digest::new));
      case "ecdsa" -> signed(hash().map(Algorithm.Ecdsa::new));
      case "rsa" -> signed(hash().map(Algorithm.Rsa::new));
      case "ed25519" -> signed(Optional.of(new Algorithm.Ed25519()));
      case "jwt" -> new JwtReader(section).read();
      case "token" -> token();
      case "basic" -> Optional.of(new Verification.Basic());
      case "none" -> Optional.of(new Verification.None());
      default -> {
        section.fault(
            "scheme",
            "the scheme " + scheme + " is unknown",
            "use one of " + String.join(", ", Verification.schemes()));
        section.skipRest();
        yield Optional.empty();
      }
    };
  }

  private Optional<Verification> signed(Optional<? extends Algorithm> algorithm) {
    return new SignedReader(section).read(algorithm);
  }

  private Optional<Hash> hash() {
    return section.require("alg", "sha256").choice("alg", Hash.class);
  }

  private Optional<Verification> token() {
    return section
        .require("token", "{header: X-API-Key}")
        .section("token")
        .flatMap(
            token -> {
              String prefix = token.verbatim("prefix").orElse("");
              return Locations.single(token, "a token")
                  .map(place -> new Verification.Token(place, prefix));
            });
  }

  private Optional<Verification> combined(String key, Need need) {
    List<Section> sections = section.sections(key);
    List<CombinedVerification.Member> members =
        sections.stream().flatMap(section -> member(section).stream()).toList();
    boolean downgrade =
        need == Need.ANY && section.choice("downgrade", Map.of("accepted", true)).orElse(false);
    return members.size() == sections.size()
        ? section.built(() -> CombinedVerification.of(need, members, downgrade))
        : Optional.empty();
  }

  private static Optional<CombinedVerification.Member> member(Section section) {
    String use = section.text("use").orElse(Secret.VERIFICATION);
    return new VerificationReader(section)
        .read()
        .map(verification -> new CombinedVerification.Member(verification, use));
  }
}
