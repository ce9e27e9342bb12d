package io.millrace.verify;

import io.millrace.model.Assurance;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The sender sends a JSON Web Token (RFC 7519) signed with a key. The token's own header never
 * decides how it is verified (RFC 8725, section 3.1).
 *
 * @param location where the token is
 * @param prefix the text in front of it, such as {@code Bearer }, in any case
 * @param prefixOptional whether the prefix may be missing
 * @param claims what it must claim about the request
 * @param expires whether it must have an expiry; if it has one, it is always checked
 * @param leeway how much the clocks may differ
 * @param issuedWithin how far from now it may have been issued, in either direction; empty if that
 *     is not checked
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

  /** A claim, and the template for the text it must equal. */
  public record Claim(String name, SignedTemplate expected) {

    /**
     * Reads an expected text, such as {@code {body:sha256hex}}.
     *
     * @throws IllegalArgumentException if it contains a token that is not part of a request
     */
    public static Claim of(String name, String expected) {
      SignedTemplate template = SignedTemplate.parseAny(expected);
      if (template.has(TemplateToken.Timestamp.class)
          || template.has(TemplateToken.SecretBytes.class)) {
        throw new IllegalArgumentException("a claim cannot contain {timestamp} or {secret}");
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

  /** Anyone who has the token can send it again. */
  @Override
  public List<ValueLocation> credentials() {
    return List.of(location);
  }

  @Override
  public SignedParts signedParts() {
    return claims.stream()
        .map(claim -> SignedParts.of(claim.expected()))
        .reduce(SignedParts.NONE, SignedParts::or);
  }

  @Override
  public boolean limitsAge() {
    return expires || issuedWithin.isPresent();
  }
}
