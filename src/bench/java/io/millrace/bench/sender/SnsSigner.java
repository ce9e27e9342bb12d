package io.millrace.bench.sender;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Amazon SNS: signs fields of the body that it has, among them the topic, and not the rest. */
record SnsSigner(Seal seal, String topic, String version) implements Signer {
  private static final List<String> SIGNED =
      List.of(
          "Message",
          "MessageId",
          "Subject",
          "SubscribeURL",
          "Timestamp",
          "Token",
          "TopicArn",
          "Type");

  static SnsSigner of(String secret, KeyPairs kind, String version) {
    LabelledKey key = LabelledKey.read(secret);
    return new SnsSigner(Seal.keyPair(kind, key.privateKey()), key.label(), version);
  }

  @Override
  public Outgoing sign(Outgoing unsigned, Instant at) {
    ObjectNode body = JsonText.object(unsigned.body());
    body.put("TopicArn", topic).put("SignatureVersion", version);
    if (!body.has("Timestamp")) {
      body.put("Timestamp", at.toString());
    }
    StringBuilder text = new StringBuilder();
    for (String name : SIGNED) {
      if (body.hasNonNull(name)) {
        text.append(name).append('\n').append(body.get(name).asText()).append('\n');
      }
    }
    body.put("Signature", seal.base64(Seal.utf8(text.toString())));
    return unsigned.withBody(JsonText.bytes(body));
  }

  @Override
  public Proof proof() {
    return new Proof(
        Proof.Place.JSON,
        "Signature",
        Proof.Shows.PART,
        Optional.of(new Proof.Time(Proof.Place.JSON, "Timestamp", Optional.empty())));
  }
}
