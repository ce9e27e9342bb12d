package io.millrace.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.Reason;
import io.millrace.normalize.testing.SignedSamples;
import io.millrace.verify.Secret;
import io.millrace.verify.SignedRequest;
import io.millrace.verify.Verdict;
import io.millrace.verify.Verifier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandshakeTest {
  private static final Catalogue CATALOGUE = Catalogue.bundled();
  private static final Secret KEY = secret("the-secret", Secret.VERIFICATION);
  private static final Secret TOKEN = secret("the-token", Secret.HANDSHAKE);

  @Test
  void echoesTheChallengeOfSlackAndNothingElse() {
    assertThat(asked("slack", post("{\"type\":\"url_verification\",\"challenge\":\"c1\"}")))
        .contains(text("c1"));
    assertThat(asked("slack", post("{\"type\":\"event_callback\",\"challenge\":\"c1\"}")))
        .isEmpty();
    assertThat(asked("slack", post("{\"text\":\"url_verification\",\"challenge\":\"c1\"}")))
        .isEmpty();
    assertThat(asked("slack", post("url_verification"))).isEmpty();
  }

  @Test
  void answersNoSignedHandshakeBeforeItIsVerified() {
    var request = post("{\"type\":\"url_verification\",\"challenge\":\"c1\"}");

    assertThat(answer("slack", new HandshakeRequest(request, false, List.of(KEY), false)))
        .isEmpty();
  }

  @Test
  void confirmsProbesWithoutASignature() {
    assertThat(asked("mailchimp", get(""))).contains(text(""));
    assertThat(asked("mailchimp", post("{}"))).isEmpty();
    assertThat(asked("trello", request("HEAD", "", Map.of(), ""))).contains(text(""));
    assertThat(asked("trello", get(""))).isEmpty();
    assertThat(asked("mandrill", request("HEAD", "", Map.of(), ""))).contains(text(""));
  }

  @Test
  void confirmsTheTestOfMandrillButNoDelivery() {
    var form = Map.of("Content-Type", "application/x-www-form-urlencoded");

    assertThat(unproved("mandrill", request("POST", "", form, "mandrill_events=%5B%5D")))
        .contains(text(""));
    assertThat(unproved("mandrill", request("POST", "", form, "mandrill_events=%5B%7B%7D%5D")))
        .isEmpty();
  }

  @Test
  void echoesTheChallengeOfMetaToWhoeverKnowsTheVerifyToken() {
    var query = "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";

    assertThat(asked("meta", get(query + "the-token"))).contains(text("1158201444"));
    assertThat(refusal("meta", get(query + "the-secret"))).isEqualTo(Reason.BAD_SIGNATURE);
    assertThat(refusal("meta", get(query))).isEqualTo(Reason.MISSING_SIGNATURE);
    assertThat(asked("meta", get("?hub.mode=other&hub.challenge=1"))).isEmpty();
  }

  @Test
  void neverTakesADeliverysSecretForAVerifyToken() {
    var asked =
        new HandshakeRequest(
            get("?hub.mode=subscribe&hub.challenge=1&hub.verify_token=the-secret"),
            false,
            List.of(KEY),
            false);

    assertThat(answer("meta", asked))
        .hasValueSatisfying(
            outcome ->
                assertThat(outcome)
                    .isInstanceOfSatisfying(
                        HandshakeOutcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.NO_SECRET)));
  }

  @Test
  void answersZoomWithTheKeyedHashOfItsToken() {
    var body =
        "{\"event\":\"endpoint.url_validation\",\"payload\":{\"plainToken\":\"qgg8vlvZRS6UYooatFL8Aw\"}}";

    // printf qgg8vlvZRS6UYooatFL8Aw | openssl dgst -sha256 -hmac the-secret
    assertThat(asked("zoom", post(body)))
        .contains(
            json(
                "{\"plainToken\":\"qgg8vlvZRS6UYooatFL8Aw\",\"encryptedToken\":\"0a8d1bbf52407e420f62dfb77de53becbe8f09d22a5a80619c4b10c0d43ae9c0\"}"));
  }

  @Test
  void answersLinkedInWithTheKeyedHashOfItsCode() {
    // printf 890e4665-4dfe-4ab1-b689-ed553bceeed0 | openssl dgst -sha256 -hmac the-secret
    assertThat(asked("linkedin", get("?challengeCode=890e4665-4dfe-4ab1-b689-ed553bceeed0")))
        .contains(
            json(
                "{\"challengeCode\":\"890e4665-4dfe-4ab1-b689-ed553bceeed0\",\"challengeResponse\":\"5ceec4a00e40b57c170b1ee435b379b994db95b02394a33eeb109c8548fdc717\"}"));
  }

  @Test
  void signsNoTextOfAStrangersChoice() {
    assertThat(refusal("linkedin", get("?challengeCode=hmacsha256%3D%7B%7D")))
        .isEqualTo(Reason.MALFORMED);
    assertThat(refusal("linkedin", get("?challengeCode=" + "a".repeat(129))))
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void answersAJsonFieldWithAJsonField() {
    assertThat(unproved("monday", post("{\"challenge\":\"3eZb\\\"rw\"}")))
        .contains(json("{\"challenge\":\"3eZb\\\"rw\"}"));
    assertThat(unproved("monday", post("{\"event\":{\"challenge\":\"x\"}}"))).isEmpty();
    assertThat(asked("front", request("POST", "", Map.of("X-Front-Challenge", "abc"), "{}")))
        .contains(json("{\"challenge\":\"abc\"}"));
  }

  @Test
  void sendsNothingBackThatABrowserOrAHeaderWouldActOn() {
    assertThat(refusal("monday", post("{\"challenge\":\"a\\r\\nSet-Cookie: b\"}")))
        .isEqualTo(Reason.MALFORMED);
    assertThat(refusal("monday", post("{\"challenge\":\"<script>alert(1)</script>\"}")))
        .isEqualTo(Reason.MALFORMED);
    assertThat(refusal("monday", post("{\"challenge\":\"" + "a".repeat(2049) + "\"}")))
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void capturesTheSecretAFirstRequestBrings() {
    var request =
        request(
            "POST",
            "/the-token",
            Map.of(),
            "{\"verification_token\":\"secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7\"}");
    var asked = new HandshakeRequest(request, false, List.of(TOKEN), true);

    assertThat(answer("notion", asked))
        .contains(
            new HandshakeOutcome.Captured(
                "secret_tMrlL1qK5vuQAh1b6cZGhFChZTSYJlce98V0pYn7",
                new HandshakeAnswer(200, "text/plain", "")));
  }

  @Test
  void capturesNothingOnceThereIsASecret() {
    var other = request("POST", "", Map.of("X-Hook-Secret", "another-long-secret"), "{}");
    var same = request("POST", "", Map.of("X-Hook-Secret", "a-secret-of-asana-1"), "{}");
    var known = List.of(secret("a-secret-of-asana-1", Secret.VERIFICATION));

    assertThat(answer("asana", new HandshakeRequest(other, false, known, false)))
        .hasValueSatisfying(
            outcome -> assertThat(outcome).isInstanceOf(HandshakeOutcome.Refused.class));
    assertThat(answer("asana", new HandshakeRequest(same, false, known, false)))
        .contains(
            new HandshakeOutcome.Answered(
                new HandshakeAnswer(
                    200, "application/json", "", Map.of("X-Hook-Secret", "a-secret-of-asana-1"))));
  }

  @Test
  void sendsRingCentralItsTokenBackOnlyWhileItSubscribes() {
    var headers = Map.of("Validation-Token", "hello-world");
    var first = request("POST", "", headers, "");

    assertThat(answer("ringcentral", known(first, true)))
        .contains(
            new HandshakeOutcome.Answered(
                new HandshakeAnswer(200, "application/json", "", headers)));
    assertThat(answer("ringcentral", known(first, false))).as("with another token").isEmpty();
    assertThat(answer("ringcentral", known(request("POST", "", headers, "{}"), true)))
        .as("an event")
        .isEmpty();
  }

  @Test
  void capturesNoSecretThatCouldBeGuessed() {
    var asked =
        new HandshakeRequest(
            request("POST", "", Map.of("X-Hook-Secret", "short"), "{}"), false, List.of(), true);

    assertThat(answer("asana", asked))
        .hasValueSatisfying(
            outcome -> assertThat(outcome).isInstanceOf(HandshakeOutcome.Refused.class));
  }

  @Test
  void readsWhatOtherProvidersAsk() {
    var strava =
        read(
            "{kind: echo, methods: [GET], token: {query: hub.verify_token},"
                + " value: {query: hub.challenge}, answer: {json: hub.challenge}}");
    var graph = read("{kind: echo, unsigned: true, value: {query: validationToken}}");
    var x =
        read(
            "{kind: keyed, methods: [GET], value: {query: crc_token}, answer: {hash: response_token},"
                + " hash: {alg: sha256, enc: base64, prefix: \"sha256=\"}}");
    var challenge = "?hub.verify_token=the-token&hub.challenge=15f7d1a91c1f40f8a748fd134752feb3";

    assertThat(strava.answer(known(get(challenge), false)))
        .contains(json("{\"hub.challenge\":\"15f7d1a91c1f40f8a748fd134752feb3\"}"));
    assertThat(
            graph.answer(
                known(request("POST", "?validationToken=a%3A+b%26c", Map.of(), ""), false)))
        .contains(text("a: b&c"));
    // printf abc | openssl dgst -sha256 -hmac the-secret -binary | base64
    assertThat(x.answer(known(get("?crc_token=abc"), false)))
        .contains(
            json("{\"response_token\":\"sha256=dMLQFBSCygMIMNkB7Qvrsn27fGrZHHMv2INPZWMvsuw=\"}"));
  }

  /** To look at it costs parsing, which nobody has earned yet. */
  @Test
  void doesNotLookAtAnythingUnsignedThatIsLargerThanAHandshake() {
    var small = "{\"challenge\":\"c1\"}" + " ".repeat(16_000);
    var large = "{\"challenge\":\"c1\"}" + " ".repeat(16_400);

    assertThat(unproved("monday", post(small))).isPresent();
    assertThat(unproved("monday", post(large))).isEmpty();
    assertThat(asked("monday", post(large))).isPresent();
  }

  @Test
  void readsTheTimeInABodyOnlyOnceItsSignatureIsRight() {
    var verifier = new Verifier(CATALOGUE.find("linear").orElseThrow().verification());
    var forged = request("POST", "", Map.of("Linear-Signature", "00".repeat(32)), "{}");

    assertThat(verifier.verify(forged, List.of(KEY), Instant.EPOCH))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.BAD_SIGNATURE));
  }

  @Test
  void refusesAHandshakeThatWouldSwallowDeliveries() {
    assertThatThrownBy(() -> read("{kind: confirm}")).hasMessageContaining("every delivery");
    assertThatThrownBy(() -> read("{kind: confirm, methods: [PUT]}"))
        .hasMessageContaining("methods are unknown");
    assertThatThrownBy(() -> read("{kind: echo}")).hasMessageContaining("the key value is missing");
    assertThatThrownBy(() -> read("{kind: keyed, value: {json: a}}"))
        .hasMessageContaining("a keyed handshake is incomplete");
    assertThatThrownBy(() -> read("{kind: echo, value: {json: a, query: b}}"))
        .hasMessageContaining("exactly one location");
  }

  private static Handshake read(String section) {
    var text =
        """
        provider: acme
        title: Acme
        evidence: {proof: documentation, text: Read, link: https://example.com}
        verification: {scheme: token, token: {header: X-Acme}}
        retryHorizon: P1D
        handshake: %s
        """
            .formatted(section);
    return Catalogue.of(Map.of("acme.yaml", text))
        .find("acme")
        .orElseThrow()
        .handshake()
        .orElseThrow();
  }

  private static Optional<HandshakeOutcome> asked(String provider, SignedRequest request) {
    return answer(provider, known(request, request.method().equals("POST")));
  }

  private static Optional<HandshakeOutcome> unproved(String provider, SignedRequest request) {
    return answer(provider, known(request, false));
  }

  private static Reason refusal(String provider, SignedRequest request) {
    return ((HandshakeOutcome.Refused) asked(provider, request).orElseThrow()).reason();
  }

  private static HandshakeRequest known(SignedRequest request, boolean verified) {
    return new HandshakeRequest(request, verified, List.of(KEY, TOKEN), false);
  }

  private static Optional<HandshakeOutcome> answer(String provider, HandshakeRequest asked) {
    return CATALOGUE.find(provider).orElseThrow().handshake().orElseThrow().answer(asked);
  }

  private static HandshakeOutcome text(String body) {
    return new HandshakeOutcome.Answered(new HandshakeAnswer(200, "text/plain", body));
  }

  private static HandshakeOutcome json(String body) {
    return new HandshakeOutcome.Answered(new HandshakeAnswer(200, "application/json", body));
  }

  private static SignedRequest post(String body) {
    return request("POST", "", Map.of(), body);
  }

  private static SignedRequest get(String query) {
    return request("GET", query, Map.of(), "");
  }

  private static SignedRequest request(
      String method, String query, Map<String, String> headers, String body) {
    var signed =
        SignedSamples.request(
            "https://a.example/in/some" + query, headers, SignedSamples.utf8(body));
    return new SignedRequest(method, signed.url(), signed.headers(), signed.body());
  }

  private static Secret secret(String value, String use) {
    return new Secret("env:" + use, value, Optional.empty(), Optional.empty(), use);
  }
}
