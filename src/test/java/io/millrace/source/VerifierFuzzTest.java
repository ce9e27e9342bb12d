package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.verify.Headers;
import io.millrace.verify.Secret;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.Verdict;
import io.millrace.verify.Verification;
import io.millrace.verify.Verifier;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a request holds: a verdict and no exception, and no change of what is signed passes. */
class VerifierFuzzTest {
  private static final int RUNS = 100;
  private static final Catalogue CATALOGUE = Catalogue.bundled();
  private static final List<SignedSamples.Sender> SENDERS =
      Stream.concat(SignedSamples.senders().stream(), Stream.of(vonage(), highLevel())).toList();

  /** Values that get deeper into the code than random ones do. */
  private static final List<String> PIECES =
      List.of(
          "",
          " ",
          "=",
          ",",
          ";",
          ".",
          "..",
          "v1=",
          "v1,",
          "t=1,t=2",
          "sha256=",
          "Bearer ",
          "Basic ",
          "Basic Og==",
          "eyJhbGciOiJub25lIn0.e30.",
          "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjFlOTk5OTk5OTk5fQ.AAAA",
          "99999999999999999999999999",
          "-1",
          "NaN",
          "2026-11-20T10:00:00+18:00",
          "+999999999-12-31T23:59:59Z",
          "Fri, 20 Nov 2026 10:00:00 GMT",
          "application/x-www-form-urlencoded",
          "%",
          "%zz",
          "\u0000",
          "\ud800",
          "☃",
          "a".repeat(5000),
          ",".repeat(500),
          "v1,AAAA ".repeat(200));

  private static final List<String> BODIES =
      List.of(
          "",
          "{}",
          "[]",
          "[{}",
          "[{}]",
          "null",
          "1e999999999",
          "a=%",
          "a=b&a=c",
          "mandrill_events=%5B%5D",
          "{\"signature\":{\"signature\":1,\"timestamp\":[],\"token\":{}}}",
          "{\"signature\":{\"signature\":\"aa\",\"signature\":\"bb\"}}",
          "{\"google_key\":" + "9".repeat(5000) + "}",
          "{\"google_key\":\"\\ud800\"}",
          "{\"challenge\":" + "[".repeat(50_000),
          "[".repeat(50_000) + "]".repeat(50_000),
          "{\"a\":".repeat(50_000),
          "\u0000[\u0000{");

  @Test
  void judgesAnythingWithoutAnException() {
    long seed = new SplittableRandom().nextLong();
    Random random = new Random(seed);

    for (Provider provider : CATALOGUE.all()) {
      Verifier verifier = new Verifier(provider.verification());
      List<String> headers = headers(provider);
      for (int run = 0; run < RUNS; run++) {
        SignedRequest request = anything(random, headers);

        Verdict verdict = verifier.verify(request, secrets(provider, random), SignedSamples.NOW);
        Optional<HandshakeOutcome> handshake = shaken(provider, request, random);

        assertThat(verdict).as("%s, seed %d", provider.name(), seed).isNotNull();
        assertThat(handshake).as("%s, seed %d", provider.name(), seed).isNotNull();
      }
    }
  }

  @Test
  void passesWhatTheSenderSigned() {
    for (SignedSamples.Sender sender : SENDERS) {
      Verifier verifier =
          new Verifier(CATALOGUE.find(sender.provider()).orElseThrow().verification());

      assertThat(verifier.verify(sender.good(), configured(sender), SignedSamples.NOW))
          .as(sender.provider())
          .isInstanceOf(Verdict.Verified.class);
    }
  }

  @Test
  void passesNoChangedByteOfASignedBody() {
    long seed = new SplittableRandom().nextLong();
    Random random = new Random(seed);

    for (SignedSamples.Sender sender : SENDERS) {
      Verifier verifier =
          new Verifier(CATALOGUE.find(sender.provider()).orElseThrow().verification());
      SignedRequest good = sender.good();
      for (int run = 0; run < RUNS / 3; run++) {
        SignedRequest changed =
            new SignedRequest(
                good.method(), good.url(), good.headers(), changed(good.body(), random));

        assertThat(verifier.verify(changed, configured(sender), SignedSamples.NOW))
            .as("%s, seed %d", sender.provider(), seed)
            .isInstanceOf(Verdict.Refused.class);
      }
    }
  }

  @Test
  void passesNoHeaderOfAStrangerHoweverItIsWritten() {
    long seed = new SplittableRandom().nextLong();
    Random random = new Random(seed);

    for (SignedSamples.Sender sender : SENDERS) {
      Verifier verifier =
          new Verifier(CATALOGUE.find(sender.provider()).orElseThrow().verification());
      for (int run = 0; run < RUNS; run++) {
        SignedRequest stranger =
            sender.request(sender.stranger(), SignedSamples.BODY, SignedSamples.NOW);
        SignedRequest forged =
            new SignedRequest(
                stranger.method(),
                stranger.url(),
                mutated(stranger.headers(), random),
                stranger.body());

        assertThat(verifier.verify(forged, configured(sender), SignedSamples.NOW))
            .as("%s, seed %d: %s", sender.provider(), seed, forged.headers().asMap())
            .isInstanceOf(Verdict.Refused.class);
      }
    }
  }

  private static SignedSamples.Sender vonage() {
    return sender("vonage", "Authorization", List.of("key-1", "key-2"), jwt("key-1"), jwt("other"));
  }

  private static SignedSamples.Signing jwt(String key) {
    return (url, body, at) -> {
      String claims =
          "{\"iat\":%d,\"payload_hash\":\"%s\"}"
              .formatted(at.getEpochSecond(), SignedSamples.hex(SignedSamples.sha256(body)));
      String signed = "eyJhbGciOiJIUzI1NiJ9." + base64Url(SignedSamples.utf8(claims));
      byte[] signature = SignedSamples.hmac("HmacSHA256", key, signed);
      return Map.of("Authorization", "Bearer " + signed + "." + base64Url(signature));
    };
  }

  private static SignedSamples.Sender highLevel() {
    KeyPair keys = SignedSamples.keys("RSA");
    return sender(
        "highlevel",
        "X-WH-Signature",
        List.of(SignedSamples.spki(keys)),
        rsa(keys),
        rsa(SignedSamples.keys("RSA")));
  }

  private static SignedSamples.Signing rsa(KeyPair keys) {
    return (url, body, at) ->
        Map.of(
            "X-WH-Signature",
            SignedSamples.base64(SignedSamples.sign("SHA256withRSA", keys, body)));
  }

  private static SignedSamples.Sender sender(
      String provider,
      String header,
      List<String> configured,
      SignedSamples.Signing own,
      SignedSamples.Signing stranger) {
    return new SignedSamples.Sender(
        provider, header, Optional.empty(), false, configured, own, own, stranger);
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The headers an entry speaks of, found in how it prints: whatever its scheme is. */
  private static List<String> headers(Provider provider) {
    List<String> names =
        new ArrayList<>(
            List.of("Authorization", "Content-Type", "X-Hook-Secret", "X-Front-Challenge"));
    String written = provider.verification().toString();
    Stream.of(written.split("InHeader\\[name=", -1))
        .skip(1)
        .map(rest -> rest.split("]", 2)[0])
        .limit(5)
        .forEach(names::add);
    return names;
  }

  private static SignedRequest anything(Random random, List<String> names) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : names) {
      if (random.nextBoolean()) {
        headers.put(name, values(random));
      }
    }
    String query = random.nextBoolean() ? "?" + piece(random) + "=" + piece(random) : "";
    return new SignedRequest(
        random.nextInt(4) == 0 ? "GET" : "POST",
        piece(random).isEmpty() ? piece(random) : "https://a.example:99999/in/x" + query,
        Headers.of(headers),
        body(random));
  }

  private static List<String> values(Random random) {
    List<String> values = new ArrayList<>();
    for (int count = 1 + random.nextInt(2); count > 0; count--) {
      values.add(random.nextInt(3) == 0 ? noise(random) : piece(random) + piece(random));
    }
    return values;
  }

  private static byte[] body(Random random) {
    if (random.nextInt(4) == 0) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);
      return noise;
    }
    String chosen = BODIES.get(random.nextInt(BODIES.size()));
    return chosen.getBytes(
        random.nextInt(8) == 0 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
  }

  private static String noise(Random random) {
    byte[] noise = new byte[random.nextInt(64)];
    random.nextBytes(noise);
    return switch (random.nextInt(3)) {
      case 0 -> Base64.getEncoder().encodeToString(noise);
      case 1 -> SignedSamples.hex(noise);
      default -> new String(noise, StandardCharsets.ISO_8859_1);
    };
  }

  private static String piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size()));
  }

  private static byte[] changed(byte[] body, Random random) {
    byte[] changed =
        random.nextBoolean() ? Arrays.copyOf(body, body.length + random.nextInt(3)) : body.clone();
    changed[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
    return changed;
  }

  private static Headers mutated(Headers headers, Random random) {
    Map<String, List<String>> mutated = new TreeMap<>(headers.asMap());
    mutated.replaceAll(
        (name, values) ->
            switch (random.nextInt(4)) {
              case 0 -> values;
              case 1 -> List.of(values.getFirst() + piece(random));
              case 2 -> List.of(values.getFirst(), piece(random));
              default -> {
                StringBuilder text = new StringBuilder(values.getFirst());
                text.setCharAt(random.nextInt(text.length()), (char) (33 + random.nextInt(90)));
                yield List.of(text.toString());
              }
            });
    return Headers.of(mutated);
  }

  private static Optional<HandshakeOutcome> shaken(
      Provider provider, SignedRequest request, Random random) {
    return provider
        .handshake()
        .flatMap(
            handshake ->
                handshake.answer(
                    new HandshakeRequest(
                        request,
                        random.nextBoolean(),
                        secrets(provider, random),
                        random.nextBoolean())));
  }

  private static List<Secret> secrets(Provider provider, Random random) {
    Verification verification = provider.verification();
    Optional<SignedSamples.Sender> known =
        SENDERS.stream().filter(sender -> sender.provider().equals(provider.name())).findFirst();
    if (known.isPresent() && random.nextBoolean()) {
      return configured(known.get());
    }
    return Stream.concat(verification.uses().stream(), Stream.of(Secret.HANDSHAKE))
        .map(use -> new Secret("env:" + use, "a1b2c3d4", Optional.empty(), Optional.empty(), use))
        .toList();
  }

  private static List<Secret> configured(SignedSamples.Sender sender) {
    return sender.configured().stream()
        .map(value -> new Secret("env:S", value, Optional.empty(), Optional.empty()))
        .toList();
  }
}
