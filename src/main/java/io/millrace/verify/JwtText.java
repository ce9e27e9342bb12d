package io.millrace.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.Reason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A JSON Web Token split into its parts (RFC 7515, section 3.1); nothing in it is trusted yet. */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never kept.
record JwtText(ObjectNode header, ObjectNode claims, byte[] signed, byte[] signature) {
  /** Many times the length any sender uses; forged tokens cost decoding time too. */
  private static final int LONGEST = 16_384;

  /** A time in the year 33658: no realistic time is refused, and none overflows. */
  private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(1_000_000_000_000L);

  static JwtText parse(String text, String place) {
    if (text.length() > LONGEST) {
      throw new Refusal(Reason.MALFORMED, "The token in the " + place + " is too long");
    }
    List<String> parts = List.of(text.split("\\.", -1));
    if (parts.size() != 3) {
      throw malformed(place);
    }
    String signed = parts.get(0) + "." + parts.get(1);
    return new JwtText(
        object(parts.get(0), place),
        object(parts.get(1), place),
        signed.getBytes(StandardCharsets.US_ASCII),
        // A missing signature is not malformed: such a token names no algorithm, and is refused for
        // that.
        parts.get(2).isEmpty() ? new byte[0] : bytes(parts.get(2), place));
  }

  /** Reads a NumericDate (RFC 7519, section 2): seconds, possibly with a fraction. */
  Optional<Instant> time(String claim) {
    JsonNode value = claims.path(claim);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isNumber()
        || value.decimalValue().signum() < 0
        || value.decimalValue().compareTo(LAST_SECOND) > 0) {
      throw new Refusal(Reason.MALFORMED, "The claim " + claim + " is not a time in seconds");
    }
    return Optional.of(Instant.ofEpochSecond(value.decimalValue().longValue()));
  }

  private static ObjectNode object(String part, String place) {
    return JsonBody.object(bytes(part, place)).orElseThrow(() -> malformed(place));
  }

  private static byte[] bytes(String part, String place) {
    return Encoding.BASE64URL.decode(part).orElseThrow(() -> malformed(place));
  }

  private static Refusal malformed(String place) {
    return new Refusal(Reason.MALFORMED, "The " + place + " is not a JSON Web Token");
  }
}
