package io.millrace.verify;

import io.millrace.model.Assurance;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The sender shows a JSON Web Token (RFC 7519) signed with a key. What the token says of itself
 * never decides how it is judged (RFC 8725, section 3.1).
 *
 * @param location where it sits
 * @param prefix what stands before it, such as {@code Bearer }, in any case
 * @param prefixOptional whether it may stand there alone
 * @param claims what it has to say about the request
 * @param expires whether it has to say when it expires; if it does, that counts in any case
 * @param leeway by how much clocks may differ
 * @param issuedWithin how far from now it may have been issued, either way; empty: it need not say
 */
public record JwtVerification(
    JwtAlgorithm algorithm,
    KeyFormat key,
    ValueLocation location,
    String prefix,
    boolean prefixOptional,
    List<Claim> claims,
    boolean expires,
    Duration leeway,
    Optional<Duration> issuedWithin)
    implements Verification {

  /** A claim, and a text with tokens of the request that it has to equal. */
  public record Claim(String name, SignedTemplate expected) {

    /**
     * Reads an expected text, such as {@code {body:sha256hex}}.
     *
     * @throws IllegalArgumentException if it holds what is no token of a request
     */
    public static Claim of(String name, String expected) {
      SignedTemplate template = SignedTemplate.parseAny(expected);
      if (template.has(TemplateToken.Timestamp.class)
          || template.has(TemplateToken.SecretBytes.class)) {
        throw new IllegalArgumentException("a claim can hold neither {timestamp} nor {secret}");
      }
      return new Claim(name, template);
    }
  }

  public JwtVerification {
    claims = List.copyOf(claims);
    if (leeway.isNegative() || issuedWithin.filter(d -> d.isNegative() || d.isZero()).isPresent()) {
      throw new IllegalArgumentException("leeway and issuedWithin cannot be negative");
    }
  }

  @Override
  public Assurance assurance() {
    return claims.stream().anyMatch(claim -> claim.expected().coversBody())
        ? Assurance.BODY_SIGNED
        : Assurance.PARTIAL;
  }

  @Override
  public String summary() {
    return "jwt-" + algorithm.name().toLowerCase(Locale.ROOT);
  }

  /** Whoever holds the token can show it again. */
  @Override
  public List<ValueLocation> credentials() {
    return List.of(location);
  }

  @Override
  public boolean limitsAge() {
    return expires || issuedWithin.isPresent();
  }
}
