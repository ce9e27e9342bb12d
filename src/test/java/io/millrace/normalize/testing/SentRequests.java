package io.millrace.normalize.testing;

import static io.millrace.normalize.testing.SignedSamples.NOW;

import io.millrace.bench.sender.Outgoing;
import io.millrace.bench.sender.Proof;
import io.millrace.bench.sender.Signer;
import io.millrace.bench.sender.Signers;
import io.millrace.bench.sender.SigningKeys;
import io.millrace.model.Reason;
import io.millrace.provider.Catalogue;
import io.millrace.provider.Provider;
import io.millrace.verify.Headers;
import io.millrace.verify.Secret;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.Verdict;
import io.millrace.verify.Verifier;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One sender as the matrix of tests sees it: three keys, of which its receiver knows two, and a
 * request to sign. How it signs is written apart from the engine, in the simulator.
 */
public record SentRequests(
    String provider,
    SigningKeys first,
    SigningKeys second,
    SigningKeys stranger,
    Verifier verifier,
    Outgoing unsigned) {
  public static final String URL = "https://hooks.example.com/in/some?portal=1&to=a%40b%2Fc";

  /** Drawn once, and only where all are needed: key pairs take their time. */
  private static final class Drawn {
    private static final List<SentRequests> ALL =
        Catalogue.bundled().all().stream().map(SentRequests::of).toList();
  }

  public static List<SentRequests> all() {
    return Drawn.ALL;
  }

  /** Those that prove anything at all. */
  public static List<SentRequests> proving() {
    return those(proof -> proof.shows() != Proof.Shows.NOTHING);
  }

  /** Those whose proof, of the given kinds, sits in a header. */
  public static List<SentRequests> inHeader(Set<Proof.Shows> kinds) {
    return those(proof -> proof.place() == Proof.Place.HEADER && kinds.contains(proof.shows()));
  }

  public static List<SentRequests> those(Predicate<Proof> kind) {
    return Drawn.ALL.stream().filter(sender -> kind.test(sender.proof())).toList();
  }

  private static SentRequests of(Provider entry) {
    var provider = entry.name();
    return new SentRequests(
        provider,
        SigningKeys.draw(provider),
        SigningKeys.draw(provider),
        SigningKeys.draw(provider),
        new Verifier(entry.verification()),
        unsigned(provider));
  }

  private static Outgoing unsigned(String provider) {
    return switch (provider) {
      case "mandrill" ->
          // No escape holds a letter: it would mean the same in either case.
          post("application/x-www-form-urlencoded", "b=evt_2&a=%22Zoe%22");
      case "adyen" ->
          post(
              "application/json",
              "{\"notificationItems\": [{\"NotificationRequestItem\": {\"reason\": \"evt_2\","
                  + " \"pspReference\": \"P1\", \"merchantAccountCode\": \"M\", \"eventCode\":"
                  + " \"REFUND\", \"success\": \"true\", \"amount\": {\"value\": 1,"
                  + " \"currency\": \"EUR\"}}}]}");
      case "aws-sns", "aws-sns-v1" ->
          post(
              "application/json",
              "{\"MessageId\": \"m\", \"Message\": \"Zoë\", \"Type\": \"Notification\","
                  + " \"MessageAttributes\": \"evt_2\"}");
      case "mailgun", "linear", "google-lead", "aircall" ->
          post("application/json", "{\"id\": \"evt_2\", \"name\": \"Zoë ☃\", \"amount\": 1.0}");
      default -> Outgoing.post(URL, "application/json", SignedSamples.BODY);
    };
  }

  private static Outgoing post(String type, String body) {
    return Outgoing.post(URL, type, body.getBytes(StandardCharsets.UTF_8));
  }

  public Proof proof() {
    return signer(first).proof();
  }

  public Signer signer(SigningKeys keys) {
    return Signers.of(provider, keys.signing());
  }

  public SignedRequest good() {
    return signed(first, NOW);
  }

  public SignedRequest signed(SigningKeys keys, Instant at) {
    return received(signer(keys).sign(unsigned, at));
  }

  public static SignedRequest received(Outgoing sent) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    sent.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    return new SignedRequest(sent.method(), sent.url(), Headers.of(headers), sent.body());
  }

  public static SignedRequest with(SignedRequest request, String name, List<String> values) {
    Map<String, List<String>> headers = new LinkedHashMap<>(request.headers().asMap());
    headers.put(name.toLowerCase(Locale.ROOT), values);
    return new SignedRequest(request.method(), request.url(), Headers.of(headers), request.body());
  }

  public static SignedRequest withBody(SignedRequest request, byte[] body) {
    return new SignedRequest(request.method(), request.url(), request.headers(), body);
  }

  public String signature() {
    return good().headers().first(proof().name()).orElseThrow();
  }

  public Optional<Reason> judge(SignedRequest request) {
    return judge(request, configured(), NOW);
  }

  public Optional<Reason> judge(SignedRequest request, List<Secret> secrets, Instant now) {
    return switch (verifier.verify(request, secrets, now)) {
      case Verdict.Verified verified -> Optional.empty();
      case Verdict.Refused refused -> Optional.of(refused.reason());
    };
  }

  public List<Secret> configured() {
    return secrets(Optional.empty(), Optional.empty());
  }

  public List<Secret> secrets(Optional<Instant> notBefore, Optional<Instant> notAfter) {
    List<Secret> secrets = new ArrayList<>();
    for (var keys : List.of(first, second)) {
      secrets.add(
          new Secret("env:SECRET_" + secrets.size(), keys.verifying(), notBefore, notAfter));
    }
    return secrets;
  }

  @Override
  public String toString() {
    return provider;
  }
}
