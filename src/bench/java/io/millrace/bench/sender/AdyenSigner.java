package io.millrace.bench.sender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Adyen's payment webhooks: signs eight fields of each item of the body. */
record AdyenSigner(Seal seal) implements Signer {
  private static final String ITEMS = "notificationItems";
  private static final List<String> SIGNED =
      List.of(
          "/pspReference",
          "/originalReference",
          "/merchantAccountCode",
          "/merchantReference",
          "/amount/value",
          "/amount/currency",
          "/eventCode",
          "/success");

  @Override
  public Outgoing sign(Outgoing unsigned, Instant at) {
    ObjectNode body = JsonText.object(unsigned.body());
    for (JsonNode item : body.path(ITEMS)) {
      if (item.path("NotificationRequestItem") instanceof ObjectNode request) {
        StringJoiner text = new StringJoiner(":");
        SIGNED.forEach(path -> text.add(request.at(path).asText()));
        request
            .putObject("additionalData")
            .put("hmacSignature", seal.base64(Seal.utf8(text.toString())));
      }
    }
    return unsigned.withBody(JsonText.bytes(body));
  }

  @Override
  public Proof proof() {
    return new Proof(Proof.Place.JSON, ITEMS, Proof.Shows.PART, Optional.empty());
  }
}
