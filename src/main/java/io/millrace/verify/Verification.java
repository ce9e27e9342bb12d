package io.millrace.verify;

import io.millrace.model.Assurance;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How the requests of a sender are verified, as data. An inconsistent one cannot be built. */
public sealed interface Verification
    permits Verification.Signed,
        JwtVerification,
        Verification.Token,
        Verification.Basic,
        Verification.None,
        CombinedVerification {

  /** What passing it proves; where there are several ways to pass, what the weakest proves. */
  Assurance assurance();

  /** One word for tables: {@code hmac-sha256}, {@code token}. */
  String summary();

  /** Where a credential sits that must not be kept. */
  default List<ValueLocation> credentials() {
    return List.of();
  }

  /** Headers that hold such a credential, names in lower case. */
  default Set<String> credentialHeaders() {
    return credentials().stream()
        .filter(ValueLocation.InHeader.class::isInstance)
        .map(header -> ((ValueLocation.InHeader) header).name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Parameters of the URL that hold such a credential. */
  default Set<String> credentialParameters() {
    return credentials().stream()
        .filter(ValueLocation.InQuery.class::isInstance)
        .map(parameter -> ((ValueLocation.InQuery) parameter).name())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What secrets are for here, as {@link Secret#use} says it; without one of each, none pass. */
  default Set<String> uses() {
    return Set.of(Secret.VERIFICATION);
  }

  /** Whether an old request that was genuine once is refused. */
  default boolean limitsAge() {
    return false;
  }

  /** Whether of a batch only the first element is signed, and that in full. */
  default boolean signsFirstElementOnly() {
    return false;
  }

  default boolean needsSecret() {
    return !uses().isEmpty();
  }

  /**
   * The sender signs with a key.
   *
   * @param same places that have to agree beyond what is signed
   */
  record Signed(
      Algorithm algorithm,
      KeyFormat key,
      SignatureRule signature,
      Optional<TimestampRule> timestamp,
      SignedTemplate signed,
      Optional<BodyHash> bodyHash,
      List<SameValue> same,
      Assurance assurance)
      implements Verification {

    public Signed {
      same = List.copyOf(same);
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

    /** The same but for how a secret becomes a key. */
    public Signed withKey(KeyFormat other) {
      return new Signed(algorithm, other, signature, timestamp, signed, bodyHash, same, assurance);
    }

    /** The same but for how the time is written. */
    public Signed withUnit(TimestampUnit unit) {
      return new Signed(
          algorithm,
          key,
          signature,
          timestamp.map(rule -> rule.withUnit(unit)),
          signed,
          bodyHash,
          same,
          assurance);
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
    public boolean limitsAge() {
      return timestamp.filter(TimestampRule::enforced).isPresent();
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
    public List<ValueLocation> credentials() {
      return List.of(location);
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
    public List<ValueLocation> credentials() {
      return List.of(new ValueLocation.InHeader("Authorization"));
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
    public Set<String> uses() {
      return Set.of();
    }
  }

  /** The schemes that can be named. */
  static List<String> schemes() {
    return List.of("hmac", "digest", "ecdsa", "ed25519", "rsa", "jwt", "token", "basic", "none");
  }
}
