package io.millrace.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.Reason;
import io.millrace.provider.Catalogue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plain hash can be continued from its own value: done here without the secret. */
final class LengthExtensionTest {
  private static final String SECRET = "a-secret-nobody-knows";
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "hubspot-v1, X-HubSpot-Signature, [{\"forged\":true}]",
    "hubspot-v1, X-HubSpot-Signature, ' '",
    "recharge, X-Recharge-Hmac-Sha256, {\"forged\":true}"
  })
  void refusesABodyThatAnyoneCouldHaveExtended(String provider, String header, String forged) {
    byte[] genuine = "[{\"eventId\":1}]".getBytes(UTF_8);
    String signature =
        HexFormat.of().formatHex(Hash.SHA256.of(join(SECRET.getBytes(UTF_8), genuine)));

    byte[] padding = Sha256Continued.padding(SECRET.length() + genuine.length);
    byte[] extended = join(genuine, padding, forged.getBytes(UTF_8));
    String continued =
        Sha256Continued.from(
            signature, forged.getBytes(UTF_8), SECRET.length() + genuine.length + padding.length);

    assertThat(continued)
        .as("the forger has the right hash without the secret")
        .isEqualTo(
            HexFormat.of().formatHex(Hash.SHA256.of(join(SECRET.getBytes(UTF_8), extended))));
    assertThat(verdict(provider, header, signature, genuine)).isInstanceOf(Verdict.Verified.class);
    assertThat(verdict(provider, header, continued, extended))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.BAD_SIGNATURE);
              assertThat(refused.explanation()).contains("can extend a plain hash");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"a\": \"Zoë\"}", " {\"a\":1}\n", "1"})
  void takesWholeBodies(String body) {
    assertThat(ofDigest(body)).isInstanceOf(Verdict.Verified.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[] []", "{\"a\":1", "text", "{}\u0000", "{}\u0080", "a=1"})
  void refusesOthers(String body) {
    assertThat(ofDigest(body)).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void takesAForm() {
    byte[] body = "a=1&b=Zo%C3%AB".getBytes(UTF_8);
    SignedRequest form =
        request(
            "X-HubSpot-Signature",
            HexFormat.of().formatHex(Hash.SHA256.of(join(SECRET.getBytes(UTF_8), body))),
            body,
            "application/x-www-form-urlencoded; charset=utf-8");

    assertThat(verifier("hubspot-v1").verify(form, List.of(secret()), NOW))
        .isInstanceOf(Verdict.Verified.class);
  }

  private static Verdict ofDigest(String body) {
    byte[] bytes = body.getBytes(UTF_8);
    String signature =
        HexFormat.of().formatHex(Hash.SHA256.of(join(SECRET.getBytes(UTF_8), bytes)));
    return verdict("hubspot-v1", "X-HubSpot-Signature", signature, bytes);
  }

  private static Verdict verdict(String provider, String header, String signature, byte[] body) {
    return verifier(provider)
        .verify(request(header, signature, body, "application/json"), List.of(secret()), NOW);
  }

  private static Verifier verifier(String provider) {
    return new Verifier(Catalogue.bundled().find(provider).orElseThrow().verification());
  }

  private static Secret secret() {
    return new Secret("env:KEY", SECRET, Optional.empty(), Optional.empty());
  }

  private static SignedRequest request(String header, String value, byte[] body, String type) {
    return new SignedRequest(
        "POST",
        "https://hooks.example.com/in/a",
        new Headers.Builder().add(header, value).add("Content-Type", type).build(),
        body);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** SHA-256 from a given state on (FIPS 180-4), as a forger would write it. */
  private static final class Sha256Continued {
    private static final int[] K = constants();

    static byte[] padding(int length) {
      int zeros = (119 - length % 64) % 64;
      return ByteBuffer.allocate(1 + zeros + 8)
          .put((byte) 0x80)
          .position(1 + zeros)
          .putLong(8L * length)
          .array();
    }

    /** The hash of everything before, whose hash is known, and of more. */
    static String from(String hash, byte[] more, int before) {
      int[] state = new int[8];
      for (int index = 0; index < 8; index++) {
        state[index] = Integer.parseUnsignedInt(hash.substring(8 * index, 8 * index + 8), 16);
      }
      byte[] rest = join(more, padding(before + more.length));
      for (int block = 0; block < rest.length; block += 64) {
        compress(state, ByteBuffer.wrap(rest, block, 64));
      }
      ByteBuffer result = ByteBuffer.allocate(32);
      for (int word : state) {
        result.putInt(word);
      }
      return HexFormat.of().formatHex(result.array());
    }

    private static void compress(int[] state, ByteBuffer block) {
      int[] w = new int[64];
      for (int t = 0; t < 16; t++) {
        w[t] = block.getInt();
      }
      for (int t = 16; t < 64; t++) {
        int s0 =
            Integer.rotateRight(w[t - 15], 7)
                ^ Integer.rotateRight(w[t - 15], 18)
                ^ (w[t - 15] >>> 3);
        int s1 =
            Integer.rotateRight(w[t - 2], 17)
                ^ Integer.rotateRight(w[t - 2], 19)
                ^ (w[t - 2] >>> 10);
        w[t] = w[t - 16] + s0 + w[t - 7] + s1;
      }
      int[] v = state.clone();
      for (int t = 0; t < 64; t++) {
        int s1 =
            Integer.rotateRight(v[4], 6)
                ^ Integer.rotateRight(v[4], 11)
                ^ Integer.rotateRight(v[4], 25);
        int one = v[7] + s1 + ((v[4] & v[5]) ^ (~v[4] & v[6])) + K[t] + w[t];
        int s0 =
            Integer.rotateRight(v[0], 2)
                ^ Integer.rotateRight(v[0], 13)
                ^ Integer.rotateRight(v[0], 22);
        int two = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        System.arraycopy(v, 0, v, 1, 7);
        v[4] += one;
        v[0] = one + two;
      }
      for (int index = 0; index < 8; index++) {
        state[index] += v[index];
      }
    }

    /** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
    private static int[] constants() {
      int[] constants = new int[64];
      int found = 0;
      for (int candidate = 2; found < 64; candidate++) {
        int divisor = 2;
        while (candidate % divisor != 0) {
          divisor++;
        }
        if (divisor == candidate) {
          double root = Math.cbrt(candidate);
          constants[found++] = (int) (long) ((root - Math.floor(root)) * (1L << 32));
        }
      }
      return constants;
    }
  }
}
