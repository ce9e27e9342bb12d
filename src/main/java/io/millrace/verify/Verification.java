package io.millrace.verify;

import io.millrace.rule.Assurance;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the requests of a sender are verified, as data. An inconsistent one cannot be built. */
public sealed interface Verification {

  /** The most that passing it can prove. */
  Assurance assurance();

  /** One word for tables: {@code hmac-sha256}, {@code token}. */
  String summary();

  /** Headers that hold a credential which must not be kept, names in lower case. */
  default Set<String> credentialHeaders() {
    return Set.of();
  }

  /** Whether of a batch only the first element is signed, and that in full. */
  default boolean signsFirstElementOnly() {
    return false;
  }

  default boolean needsSecret() {
    return true;
  }

  /** The sender signs with a key. */
  record Signed(
      Algorithm algorithm,
      KeyFormat key,
      SignatureRule signature,
      Optional<TimestampRule> timestamp,
      SignedTemplate signed,
      Optional<BodyHash> bodyHash,
      Assurance assurance)
      implements Verification {

    public Signed {
      boolean digest = algorithm instanceof Algorithm.Digest;
      boolean holdsSecret = signed.has(TemplateToken.SecretBytes.class);
      require(!digest || holdsSecret, "anyone can make a digest without {secret}");
      require(digest || !holdsSecret, "only a digest may sign {secret}");
      boolean holdsTimestamp = signed.has(TemplateToken.Timestamp.class);
      require(timestamp.isPresent() || !holdsTimestamp, "{timestamp} needs a timestamp rule");
      require(
          assurance.compareTo(provable(signed)) >= 0,
          "what is signed proves no more than " + provable(signed));
    }

    /** What a signature over the template proves. */
    public static Assurance provable(SignedTemplate signed) {
      return signed.coversBody() ? Assurance.BODY_SIGNED : Assurance.PARTIAL;
    }

    @Override
    public boolean signsFirstElementOnly() {
      return signed.has(TemplateToken.FirstElement.class) && !signed.coversBody();
    }

    @Override
    public String summary() {
      return switch (algorithm) {
        case Algorithm.Hmac hmac -> "hmac-" + name(hmac.hash());
        case Algorithm.Digest digest -> "digest-" + name(digest.hash());
        case Algorithm.Ecdsa ecdsa -> "ecdsa-" + name(ecdsa.hash());
        case Algorithm.Rsa rsa -> "rsa-" + name(rsa.hash());
        case Algorithm.Ed25519 ed25519 -> "ed25519";
      };
    }

    private static String name(Hash hash) {
      return hash.name().toLowerCase(Locale.ROOT);
    }

    private static void require(boolean consistent, String fault) {
      if (!consistent) {
        throw new IllegalArgumentException(fault);
      }
    }
  }

  /** The sender shows a shared secret, behind a prefix such as {@code Bearer }. */
  record Token(ValueLocation location, String prefix) implements Verification {
    @Override
    public Assurance assurance() {
      return Assurance.SHARED_SECRET;
    }

    @Override
    public String summary() {
      return "token";
    }

    @Override
    public Set<String> credentialHeaders() {
      return Stream.of(location)
          .filter(ValueLocation.InHeader.class::isInstance)
          .map(header -> ((ValueLocation.InHeader) header).name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  /** HTTP Basic (RFC 7617); the secret is {@code user:password}. */
  record Basic() implements Verification {
    @Override
    public Assurance assurance() {
      return Assurance.SHARED_SECRET;
    }

    @Override
    public String summary() {
      return "basic";
    }

    @Override
    public Set<String> credentialHeaders() {
      return Set.of("authorization");
    }
  }

  /** The sender proves nothing; only its address may be known. */
  record None() implements Verification {
    @Override
    public Assurance assurance() {
      return Assurance.NONE;
    }

    @Override
    public String summary() {
      return "none";
    }

    @Override
    public boolean needsSecret() {
      return false;
    }
  }

  /** The schemes that can be named. */
  static List<String> schemes() {
    return List.of("hmac", "digest", "ecdsa", "ed25519", "rsa", "token", "basic", "none");
  }
}
