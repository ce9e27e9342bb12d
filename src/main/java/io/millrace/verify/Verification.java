package io.millrace.verify;

import io.millrace.model.Assurance;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The verification scheme of a sender, as data. An inconsistent one cannot be built. */
public sealed interface Verification
    permits Verification.Signed,
        JwtVerification,
        Verification.Token,
        Verification.Basic,
        Verification.None,
        CombinedVerification {

  /** What a request that passes proves; if there are several schemes, what the weakest proves. */
  Assurance assurance();

  /** What a request that passes proves at best; if there are several schemes, by the strongest. */
  default Assurance strongestAssurance() {
    return assurance();
  }

  /** A short name for tables: {@code hmac-sha256}, {@code token}. */
  String summary();

  /** The locations of credentials that must not be stored. */
  default List<ValueLocation> credentials() {
    return List.of();
  }

  /** The headers with such credentials, in lower case. */
  default Set<String> credentialHeaders() {
    return credentials().stream()
        .filter(ValueLocation.InHeader.class::isInstance)
        .map(header -> ((ValueLocation.InHeader) header).name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The URL parameters with such credentials. */
  default Set<String> credentialParameters() {
    return credentials().stream()
        .filter(ValueLocation.InQuery.class::isInstance)
        .map(parameter -> ((ValueLocation.InQuery) parameter).name())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The {@link Secret#use uses} of secrets the scheme needs; a secret for each is required. */
  default Set<String> uses() {
    return Set.of(Secret.VERIFICATION);
  }

  /** Whether the age of a request is limited. */
  default boolean limitsAge() {
    return false;
  }

  /** Whether only the first element of a batch is signed, in full. */
  default boolean signsFirstElementOnly() {
    return false;
  }

  /** The parts of a request that a signature covers. */
  default SignedParts signedParts() {
    return SignedParts.NONE;
  }

  /** Whether the URL the sender called is part of what is verified, in any of several schemes. */
  default boolean verifiesUrl() {
    return signedParts().url();
  }

  default boolean needsSecret() {
    return !uses().isEmpty();
  }

  /**
   * The sender signs with a key.
   *
   * @param same places that must agree, in addition to the signature
   * @param each the list in the JSON body whose elements are signed one by one; every one of them
   *     has to verify
   */
  record Signed(
      Algorithm algorithm,
      KeyFormat key,
      SignatureRule signature,
      Optional<TimestampRule> timestamp,
      SignedTemplate signed,
      Optional<BodyHash> bodyHash,
      List<SameValue> same,
      Optional<String> each,
      Assurance assurance)
      implements Verification {

    public Signed {
      same = List.copyOf(same);
      boolean digest = algorithm instanceof Algorithm.Digest;
      boolean holdsSecret = signed.has(TemplateToken.SecretBytes.class);
      require(
          !digest || holdsSecret,
          "a digest must contain {secret}, otherwise anyone can compute it");
      require(digest || !holdsSecret, "{secret} is allowed only in a digest");
      boolean holdsTimestamp = signed.has(TemplateToken.Timestamp.class);
      require(timestamp.isPresent() || !holdsTimestamp, "{timestamp} needs a timestamp rule");
      require(
          each.isEmpty() || !signed.coversBody(),
          "each needs a text of values, because an element is read, not its bytes");
      boolean holdsLabel = signed.has(TemplateToken.Label.class);
      require(key.labelled() == holdsLabel, "{label} and label: true need each other");
      require(
          assurance.compareTo(provable(signed)) >= 0,
          "the signed text proves no more than " + provable(signed));
    }

    /** Returns a copy with another key format. */
    public Signed withKey(KeyFormat other) {
      return new Signed(
          algorithm, other, signature, timestamp, signed, bodyHash, same, each, assurance);
    }

    /** Returns a copy with another timestamp unit. */
    public Signed withUnit(TimestampUnit unit) {
      return new Signed(
          algorithm,
          key,
          signature,
          timestamp.map(rule -> rule.withUnit(unit)),
          signed,
          bodyHash,
          same,
          each,
          assurance);
    }

    /** Returns the scheme of one element of the list. */
    Signed ofOne() {
      return new Signed(
          algorithm,
          key,
          signature,
          timestamp,
          signed,
          bodyHash,
          same,
          Optional.empty(),
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
    public SignedParts signedParts() {
      SignedParts parts = SignedParts.of(signed);
      if (signed.has(TemplateToken.Timestamp.class)) {
        parts =
            timestamp
                .flatMap(TimestampRule::location)
                .filter(ValueLocation.InHeader.class::isInstance)
                .map(header -> Set.of(((ValueLocation.InHeader) header).name()))
                .map(header -> new SignedParts(false, false, header))
                .map(parts::or)
                .orElse(parts);
      }
      for (SameValue each : same) {
        parts = parts.with(each);
      }
      return parts;
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

  /** The sender sends a shared secret, after a prefix such as {@code Bearer }. */
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

  /** The sender proves nothing; at most its address is known. */
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

  /** The names of the schemes in configuration. */
  static List<String> schemes() {
    return List.of("hmac", "digest", "ecdsa", "ed25519", "rsa", "jwt", "token", "basic", "none");
  }
}
